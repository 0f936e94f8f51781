#!/usr/bin/env node
import '../dist/openapi.js';
