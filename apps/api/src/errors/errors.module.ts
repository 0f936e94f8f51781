import { Module } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ErrorsController } from './errors.controller.js';
import { ProblemFilter } from './problem.filter.js';

/** Problems, for every route, and the catalogue of the gateway's result codes. */
@Module({
  controllers: [ErrorsController],
  providers: [{ provide: APP_FILTER, useClass: ProblemFilter }],
})
export class ErrorsModule {}
