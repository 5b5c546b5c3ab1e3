// Boundary losses: the figures' names to ours.

export const boundary = {};
