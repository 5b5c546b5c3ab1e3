// Pieces that the translations share.

/** Writes a spec from our option names; undefined and null options are left out. */
export function spec(id, options = {}) {
  const parts = Object.entries(options)
    .filter(([, value]) => value !== undefined && value !== null)
    .map(([name, value]) => `${name}=${Array.isArray(value) ? value.join('/') : value}`);
  return parts.length === 0 ? id : `${id}:${parts.join(',')}`;
}

/** A clamp as the figures name it. */
export function clamp(name) {
  if (name === '1e-7') return { clip: 1e-7 };
  return name === 'log>=-100' ? { 'log-floor': -100 } : {};
}

/** A clamp from below only. */
export function lowerClamp(name) {
  return name === '1e-7' ? { 'log-floor': Math.log(1e-7) } : {};
}

/** Names of normalisations. */
export const divideBy = { count: 'count', weights: 'weights' };

/** An entry that depends on who made the figures: picks by `plain`, `torch`, `monai`, ... */
export function byReference(entries) {
  return (row, input) => entries[row.reference.split('.')[0]]?.(row.options, row, input) ?? null;
}
