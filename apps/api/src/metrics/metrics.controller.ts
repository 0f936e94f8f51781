import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Access } from '../api-keys/access.js';
import { Documented } from '../openapi/documented.js';
import { Metrics } from './metrics.js';

/** For Prometheus. */
@Controller('metrics')
@Access('public')
export class MetricsController {
  constructor(@Inject(Metrics) private readonly metrics: Metrics) {}

  @Get()
  @Documented({
    operationId: 'getMetrics',
    summary: "The process's metrics, in Prometheus' text format",
    answers: { 200: { description: 'All of them.', mediaType: 'text/plain', schema: z.string() } },
  })
  async show(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.metrics.contentType);
    return this.metrics.text();
  }
}
