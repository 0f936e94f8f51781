import { Global, Module } from '@nestjs/common';
import { Schedule } from './schedule.js';

/** The schedule, for every feature that has work without a request. */
@Global()
@Module({ providers: [Schedule], exports: [Schedule] })
export class ScheduleModule {}
