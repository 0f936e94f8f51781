export { createGatewaySandbox } from './sandbox.js';
export type { GatewaySandbox, GatewaySandboxOptions } from './sandbox.js';
export type { SandboxKeys } from './keys/key-pairs.js';
export type { LedgerRequest, LedgerSnapshot, LedgerToken } from './ledger/ledger.js';
export { InvalidScenarioError } from './scenarios/parse-scenario.js';
export type { Scenario, ScenarioAction, ScenarioMatch } from './scenarios/scenario.js';
