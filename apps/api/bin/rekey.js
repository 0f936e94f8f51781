#!/usr/bin/env node
import '../dist/rekey.js';
