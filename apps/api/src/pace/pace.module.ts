import { Global, Module } from '@nestjs/common';
import { Pace } from './pace.js';

/** How fast the service calls the gateway. */
@Global()
@Module({ providers: [Pace], exports: [Pace] })
export class PaceModule {}
