/**
 * The exchanges that numbering plans know in area codes in which they know few: clients that validate a number there refuse all
 * others. Source: the metadata of libphonenumber, 2026.
 */
// prettier-ignore
const KNOWN_EXCHANGES: Readonly<Record<string, string>> = {
  // US Virgin Islands
  340: '200 201 202 203 204 205 206 207 208 209 210 220 226 227 228 244 249 277 332 344 422 423 444 473 474 489 513 514 555 ' +
    '625 626 642 643 677 690 692 693 712 713 714 715 717 718 719 725 727 770 771 772 773 774 775 776 777 778 779 884 998',
  // Northern Mariana Islands
  670: '233 234 235 236 237 256 284 285 286 287 288 321 322 323 328 433 483 484 488 532 555 588 664 670 682 783 785 788 789 ' +
    '838 848 858 868 878 888 898 989',
  // American Samoa
  684: '248 252 254 256 258 272 274 276 622 633 644 655 677 688 691 699 731 733 770 782'
}

/** Returns the exchanges that may be made up in an area code; undefined where all may. */
export function plausibleExchanges(npa: string): ReadonlySet<string> | undefined {
  const known = KNOWN_EXCHANGES[npa]
  return known === undefined ? undefined : new Set(known.split(' '))
}
