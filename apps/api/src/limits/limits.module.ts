import { Global, Module } from '@nestjs/common';
import { Limits } from './limits.js';

/** How much callers may ask for. */
@Global()
@Module({ providers: [Limits], exports: [Limits] })
export class LimitsModule {}
