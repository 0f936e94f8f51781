import { Module, type DynamicModule } from '@nestjs/common';
import { FAULT_POINTS, type FaultPoints } from './fault-points.js';

/** The fault points, for whatever an application's life depends on. */
@Module({})
export class FaultPointsModule {
  static with(faults: FaultPoints): DynamicModule {
    return {
      module: FaultPointsModule,
      global: true,
      providers: [{ provide: FAULT_POINTS, useValue: faults }],
      exports: [FAULT_POINTS],
    };
  }
}
