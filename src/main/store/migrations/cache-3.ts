/** What is asked for with an order says more than it did, so what pickers offer is told again. */
export const cache3 = 'DELETE FROM directory'
