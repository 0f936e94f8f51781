import { Module } from '@nestjs/common';
import { LineCells } from './line-cells.js';

/** Many applications at once: taken in as a file of lines, and done one by one. */
@Module({ providers: [LineCells] })
export class BatchesModule {}
