import { Global, Module } from '@nestjs/common';
import { CLOCK, type Clock } from './clock.js';

const machineClock: Clock = () => new Date();

/** The machine's clock, which tests replace. */
@Global()
@Module({ providers: [{ provide: CLOCK, useValue: machineClock }], exports: [CLOCK] })
export class ClockModule {}
