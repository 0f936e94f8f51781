import { Module } from '@nestjs/common';
import { DocsController } from './docs.controller.js';

/** The docs, which a deployment may switch off. */
@Module({ controllers: [DocsController] })
export class DocsModule {}
