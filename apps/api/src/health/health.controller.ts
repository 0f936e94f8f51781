import { Controller, Get, Inject, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import { Access } from '../api-keys/access.js';
import { Documented } from '../openapi/documented.js';
import { Readiness, readinessSchema, type ReadinessReport } from './readiness.js';

const livenessSchema = z.object({ status: z.literal('live') });

/** For whoever starts, watches and replaces instances. */
@Controller('health')
@Access('public')
export class HealthController {
  constructor(@Inject(Readiness) private readonly readiness: Readiness) {}

  /** Whether the process runs; it says nothing about the database, which a restart would not mend. */
  @Get('live')
  @Documented({
    operationId: 'getLiveness',
    summary: 'Whether the process runs',
    answers: { 200: { description: 'It does.', schema: livenessSchema } },
  })
  live(): z.output<typeof livenessSchema> {
    return { status: 'live' };
  }

  @Get('ready')
  @Documented({
    operationId: 'getReadiness',
    summary: 'Whether this instance should get requests',
    answers: {
      200: { description: 'It should.', schema: readinessSchema },
      503: { description: 'It should not; the report says why.', schema: readinessSchema },
    },
  })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<ReadinessReport> {
    const report = await this.readiness.report();
    void reply.status(report.status === 'ready' ? 200 : 503);
    return report;
  }
}
