/** `4096` as `4,096`. By hand: the first call of toLocaleString costs 15 ms, a tenth of a small run. */
export function grouped(amount: number | bigint): string {
  const whole = typeof amount === 'bigint' ? amount : Math.round(amount);
  return String(whole).replace(/\B(?=(\d{3})+$)/g, ',');
}
