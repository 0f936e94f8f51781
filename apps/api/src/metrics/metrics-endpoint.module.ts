import { Module } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { ServiceGauges } from './service-gauges.js';

/** The metrics for whoever asks, and what is only looked up for them. */
@Module({ controllers: [MetricsController], providers: [ServiceGauges] })
export class MetricsEndpointModule {}
