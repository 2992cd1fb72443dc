import { spellings } from './postal-text.js'

/** Street suffixes (USPS Publication 28, appendix C1): the standard abbreviation, then every other spelling accepted. */
// prettier-ignore
const SUFFIXES = spellings({
  ALY: 'ALLEE ALLEY ALLY',                    ANX: 'ANNEX ANEX',                        ARC: 'ARCADE',
  AVE: 'AV AVEN AVENU AVENUE AVN AVNUE',      BCH: 'BEACH',                             BND: 'BEND',
  BLF: 'BLUFF',                               BLVD: 'BL BOUL BOULEVARD BOULV',          BR: 'BRANCH BRNCH',
  BRG: 'BRIDGE BRDGE',                        BRK: 'BROOK',                             BYP: 'BYPASS BYPA BYPS',
  CIR: 'CIRCLE CIRC CIRCL CRCL CRCLE',        CLB: 'CLUB',                              CMN: 'COMMON',
  COR: 'CORNER',                              CRES: 'CRESCENT CRSENT CRSNT',            CRK: 'CREEK',
  CT: 'COURT',                                CTR: 'CENTER CENTRE CENT CNTR CNTER',     CTS: 'COURTS',
  CV: 'COVE',                                 CYN: 'CANYON CANYN CNYN',                 DR: 'DRIVE DRIV DRV',
  EST: 'ESTATE',                              ESTS: 'ESTATES',                          EXPY: 'EXPRESSWAY EXP EXPR EXPRESS EXPW',
  EXT: 'EXTENSION EXTN EXTNSN',               FLD: 'FIELD',                             FLS: 'FALLS',
  FLT: 'FLAT',                                FRK: 'FORK',                              FRST: 'FOREST FORESTS',
  FRY: 'FERRY FRRY',                          FWY: 'FREEWAY FREEWY FRWAY FRWY',         GDN: 'GARDEN GARDN GRDEN GRDN',
  GLN: 'GLEN',                                GRN: 'GREEN',                             GRV: 'GROVE GROV',
  GTWY: 'GATEWAY GATEWY GATWAY GTWAY',        HBR: 'HARBOR HARB HARBR HRBOR',           HL: 'HILL',
  HLS: 'HILLS',                               HOLW: 'HOLLOW HLLW HOLLOWS HOLWS',        HTS: 'HEIGHTS HT',
  HWY: 'HIGHWAY HIGHWY HIWAY HIWY HWAY',      IS: 'ISLAND ISLND',                       JCT: 'JUNCTION JCTION JCTN JUNCTN JUNCTON',
  KNL: 'KNOLL KNOL',                          LK: 'LAKE',                               LN: 'LANE',
  LNDG: 'LANDING LNDNG',                      LOOP: 'LOOPS',                            MALL: '',
  MDW: 'MEADOW',                              MDWS: 'MEADOWS MEDOWS',                   ML: 'MILL',
  MNR: 'MANOR',                               MTN: 'MOUNTAIN MNTAIN MNTN MOUNTIN MTIN', OVAL: 'OVL',
  PARK: 'PRK PARKS',                          PASS: '',                                 PATH: 'PATHS',
  PIKE: 'PIKES',                              PKWY: 'PARKWAY PARKWY PKWAY PKY PARKWAYS', PL: 'PLACE',
  PLN: 'PLAIN',                               PLZ: 'PLAZA PLZA',                        PR: 'PRAIRIE PRR',
  PT: 'POINT',                                RD: 'ROAD',                               RDG: 'RIDGE RDGE',
  ROW: '',                                    RUN: '',                                  SHR: 'SHORE SHOAR',
  SMT: 'SUMMIT SUMIT SUMITT',                 SPG: 'SPRING SPNG SPRNG',                 SQ: 'SQUARE SQR SQRE SQU',
  ST: 'STREET STR STRT',                      STA: 'STATION STATN STN',                 TER: 'TERRACE TERR',
  TPKE: 'TURNPIKE TRNPK TURNPK',              TRCE: 'TRACE TRACES',                     TRL: 'TRAIL TRAILS TRLS',
  TUNL: 'TUNNEL TUNEL TUNLS TUNNELS TUNNL',   VIS: 'VISTA VIST VST VSTA',               VLG: 'VILLAGE VILL VILLAG VILLG VILLIAGE',
  VLY: 'VALLEY VALLY VLLY',                   VW: 'VIEW',                               WALK: 'WALKS',
  WAY: 'WY',                                  WLS: 'WELLS'
})

/** Street types that Canada writes before the name: `RUE SAINTE CATHERINE`. */
const FRENCH_TYPES = spellings({ AV: 'AVENUE', BOUL: 'BOULEVARD', CH: 'CHEMIN', RUE: '' })

/** The standard form of a word after a street's name, if it is a suffix. */
export function suffixOf(word: string): string | undefined {
  return SUFFIXES.get(word)
}

/** The standard form of a word before a street's name, if it is a French street type. */
export function frenchTypeOf(word: string): string | undefined {
  return FRENCH_TYPES.get(word)
}

/** Whether a standard suffix stands before the name. */
export function isFrenchType(suffix: string): boolean {
  return frenchTypeOf(suffix) === suffix
}
