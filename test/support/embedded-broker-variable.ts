/** Names the broker's socket. Set by the global setup; Jest's workers inherit it. */
export const BROKER_VARIABLE = 'MYIA_TEST_BROKER';
