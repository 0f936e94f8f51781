import { Global, Module } from '@nestjs/common';
import { Schedule } from './schedule.js';
import { TurnsRepository } from './turns.repository.js';

/** The schedule, for every feature that has work without a request. */
@Global()
@Module({ providers: [Schedule, TurnsRepository], exports: [Schedule] })
export class ScheduleModule {}
