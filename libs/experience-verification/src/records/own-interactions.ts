/** Whether interactions are rows of the module's own, which its statements may read; false where a host keeps them. */
export const OWN_INTERACTIONS = Symbol('OWN_INTERACTIONS');
