import { Global, Module, type DynamicModule } from '@nestjs/common';
import { OPENAPI_TEXT, type OpenApiText } from './openapi-text.js';

/** The OpenAPI document for whoever shows it; it is written when it is first asked for. */
@Global()
@Module({})
export class OpenApiModule {
  static with(write: OpenApiText): DynamicModule {
    let text: string | undefined;
    const useValue: OpenApiText = () => (text ??= write());
    return {
      module: OpenApiModule,
      providers: [{ provide: OPENAPI_TEXT, useValue }],
      exports: [OPENAPI_TEXT],
    };
  }
}
