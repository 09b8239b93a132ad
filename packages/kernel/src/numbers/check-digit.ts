/** China's check digit of an application number of 8 or 12 digits: weights 2 to 9 in turn from the left, modulo 11, ten is X. */
export function cnCheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) sum += Number(digits.charAt(i)) * (2 + (i % 8));
  const rest = sum % 11;
  return rest === 10 ? 'X' : String(rest);
}

/** The EPO's check digit of an application number of 8 digits: weights 1 and 2 in turn, digits of products added, to the next ten. */
export function epCheckDigit(digits: string): string {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const product = Number(digits.charAt(i)) * (1 + (i % 2));
    sum += product > 9 ? product - 9 : product;
  }
  return String((10 - (sum % 10)) % 10);
}
