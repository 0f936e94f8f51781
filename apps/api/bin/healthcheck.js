#!/usr/bin/env node
import '../dist/healthcheck.js';
