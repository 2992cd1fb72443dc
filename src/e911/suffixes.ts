import { spellings } from './postal-text.js'

/**
 * Street suffixes (USPS Publication 28, appendix C1): the standard abbreviation, then the word itself and every other
 * spelling accepted. The words are those of the npm package `street-types` (MIT), checked against the Python package
 * `usaddress-scourgify`; BL, CRT, HGTS, PK and some slips of the pen come from the latter and from advice of vendors.
 */
// prettier-ignore
const TABLE = {
  ALY: 'ALLEY ALLEE ALLY', ANX: 'ANNEX ANEX ANNX', ARC: 'ARCADE', AVE: 'AVENUE AV AVEN AVENU AVN AVNUE',
  BCH: 'BEACH', BG: 'BURG', BGS: 'BURGS', BLF: 'BLUFF BLUF', BLFS: 'BLUFFS', BLVD: 'BOULEVARD BOUL BOULV BL',
  BND: 'BEND', BR: 'BRANCH BRNCH', BRG: 'BRIDGE BRDGE', BRK: 'BROOK', BRKS: 'BROOKS', BTM: 'BOTTOM BOT BOTTM',
  BYP: 'BYPASS BYPA BYPAS BYPS', BYU: 'BAYOU BAYOO', CIR: 'CIRCLE CIRC CIRCL CRCL CRCLE', CIRS: 'CIRCLES',
  CLB: 'CLUB', CLF: 'CLIFF', CLFS: 'CLIFFS', CMN: 'COMMON', CMNS: 'COMMONS', COR: 'CORNER', CORS: 'CORNERS',
  CP: 'CAMP CMP', CPE: 'CAPE', CRES: 'CRESCENT CRSENT CRSNT CRESENT CRECENT', CRK: 'CREEK', CRSE: 'COURSE',
  CRST: 'CREST', CSWY: 'CAUSEWAY CAUSWA CAUSWAY', CT: 'COURT CRT', CTR: 'CENTER CEN CENT CENTR CENTRE CNTER CNTR',
  CTRS: 'CENTERS', CTS: 'COURTS', CURV: 'CURVE', CV: 'COVE', CVS: 'COVES', CYN: 'CANYON CANYN CNYN', DL: 'DALE',
  DM: 'DAM', DR: 'DRIVE DRIV DRV', DRS: 'DRIVES', DV: 'DIVIDE DIV DVD', EST: 'ESTATE', ESTS: 'ESTATES',
  EXPY: 'EXPRESSWAY EXP EXPR EXPRESS EXPW', EXT: 'EXTENSION EXTN EXTNSN', EXTS: 'EXTENSIONS', FALL: '', FLD: 'FIELD',
  FLDS: 'FIELDS', FLS: 'FALLS', FLT: 'FLAT', FLTS: 'FLATS', FRD: 'FORD', FRDS: 'FORDS', FRG: 'FORGE FORG',
  FRGS: 'FORGES', FRK: 'FORK', FRKS: 'FORKS', FRST: 'FOREST FORESTS', FRY: 'FERRY FRRY', FT: 'FORT FRT',
  FWY: 'FREEWAY FREEWY FRWAY FRWY', GDN: 'GARDEN GARDN GRDEN GRDN', GDNS: 'GARDENS GRDNS', GLN: 'GLEN',
  GLNS: 'GLENS', GRN: 'GREEN', GRNS: 'GREENS', GRV: 'GROVE GROV', GRVS: 'GROVES',
  GTWY: 'GATEWAY GATEWY GATWAY GTWAY', HBR: 'HARBOR HARB HARBR HRBOR', HBRS: 'HARBORS', HL: 'HILL', HLS: 'HILLS',
  HOLW: 'HOLLOW HLLW HOLLOWS HOLWS', HTS: 'HEIGHTS HT HEIGHT HGTS', HVN: 'HAVEN HAVN',
  HWY: 'HIGHWAY HIGHWY HIWAY HIWY HWAY', INLT: 'INLET', IS: 'ISLAND ISLND', ISLE: 'ISLES', ISS: 'ISLANDS ISLNDS',
  JCT: 'JUNCTION JCTION JCTN JUNCTN JUNCTON', JCTS: 'JUNCTIONS JCTNS', KNL: 'KNOLL KNOL', KNLS: 'KNOLLS', KY: 'KEY',
  KYS: 'KEYS', LAND: '', LCK: 'LOCK', LCKS: 'LOCKS', LDG: 'LODGE LDGE LODG', LF: 'LOAF', LGT: 'LIGHT',
  LGTS: 'LIGHTS', LK: 'LAKE', LKS: 'LAKES', LN: 'LANE', LNDG: 'LANDING LNDNG', LOOP: 'LOOPS', MALL: '',
  MDW: 'MEADOW', MDWS: 'MEADOWS MEDOWS', MEWS: '', ML: 'MILL', MLS: 'MILLS', MNR: 'MANOR', MNRS: 'MANORS',
  MSN: 'MISSION MISSN MSSN', MT: 'MOUNT MNT', MTN: 'MOUNTAIN MNTAIN MNTN MOUNTIN MTIN', MTNS: 'MOUNTAINS MNTNS',
  MTWY: 'MOTORWAY', NCK: 'NECK', OPAS: 'OVERPASS', ORCH: 'ORCHARD ORCHRD', OVAL: 'OVL', PARK: 'PRK PARKS PK',
  PASS: '', PATH: 'PATHS', PIKE: 'PIKES', PKWY: 'PARKWAY PARKWY PKWAY PKY PARKWAYS PKWYS', PL: 'PLACE', PLN: 'PLAIN',
  PLNS: 'PLAINS', PLZ: 'PLAZA PLZA', PNE: 'PINE', PNES: 'PINES', PR: 'PRAIRIE PRR PRARIE', PRT: 'PORT',
  PRTS: 'PORTS', PSGE: 'PASSAGE', PT: 'POINT', PTS: 'POINTS', RADL: 'RADIAL RAD RADIEL', RAMP: '', RD: 'ROAD',
  RDG: 'RIDGE RDGE', RDGS: 'RIDGES', RDS: 'ROADS', RIV: 'RIVER RVR RIVR', RNCH: 'RANCH RANCHES RNCHS', ROW: '',
  RPD: 'RAPID', RPDS: 'RAPIDS', RST: 'REST', RTE: 'ROUTE', RUE: '', RUN: '', SHL: 'SHOAL', SHLS: 'SHOALS',
  SHR: 'SHORE SHOAR', SHRS: 'SHORES SHOARS', SKWY: 'SKYWAY', SMT: 'SUMMIT SUMIT SUMITT', SPG: 'SPRING SPNG SPRNG',
  SPGS: 'SPRINGS SPNGS SPRNGS', SPUR: 'SPURS', SQ: 'SQUARE SQR SQRE SQU', SQS: 'SQUARES SQRS', ST: 'STREET STRT STR',
  STA: 'STATION STATN STN', STRA: 'STRAVENUE STRAV STRAVEN STRAVN STRVN STRVNUE', STRM: 'STREAM STREME',
  STS: 'STREETS', TER: 'TERRACE TERR', TPKE: 'TURNPIKE TRNPK TURNPK TPK TRPK', TRAK: 'TRACK TRACKS TRK TRKS',
  TRCE: 'TRACE TRACES', TRFY: 'TRAFFICWAY', TRL: 'TRAIL TRAILS TRLS TR', TRLR: 'TRAILER TRLRS', TRWY: 'THROUGHWAY',
  TUNL: 'TUNNEL TUNEL TUNLS TUNNELS TUNNL', UN: 'UNION', UNS: 'UNIONS', UPAS: 'UNDERPASS',
  VIA: 'VIADUCT VDCT VIADCT', VIS: 'VISTA VIST VST VSTA', VL: 'VILLE', VLG: 'VILLAGE VILL VILLAG VILLG VILLIAGE',
  VLGS: 'VILLAGES', VLY: 'VALLEY VALLY VLLY', VLYS: 'VALLEYS', VW: 'VIEW', VWS: 'VIEWS', WALK: 'WALKS', WALL: '',
  WAY: 'WY', WAYS: '', WL: 'WELL', WLS: 'WELLS', XING: 'CROSSING CRSSNG CRSSING', XRD: 'CROSSROAD',
  XRDS: 'CROSSROADS'
}

const SUFFIXES = spellings(TABLE)

/** The standard suffix of each word that is spelled out: `AVE` of `AVENUE`. */
const SPELLED_OUT: ReadonlyMap<string, string> = new Map(
  Object.entries(TABLE).map(([standard, spelled]): [string, string] => [spelled.replace(/ .*/, ''), standard])
)

/** The types of streets. The other suffixes are words of the landscape, which stand in many names: `OLD MILL LN`. */
const STREET_TYPES: ReadonlySet<string> = new Set(
  'ALY AVE BLVD CIR CT DR EXPY FWY HWY LN PKWY PL RD ST TER TPKE WAY'.split(' ')
)

/** Street types that Canada writes before the name: `RUE SAINTE CATHERINE`. */
const FRENCH_TYPES = spellings({ AV: 'AVE AVENUE', BOUL: 'BOULEVARD', CH: 'CHEMIN', RUE: '' })

/** The standard form of a word after a street's name, if it is a suffix. */
export function suffixOf(word: string): string | undefined {
  return SUFFIXES.get(word)
}

/** The standard form of a suffix that is spelled out; any other word as it is. */
export function abbreviate(word: string): string {
  return SPELLED_OUT.get(word) ?? word
}

/** Whether a word says what kind of street it is, and so ends a name. */
export function isStreetType(word: string): boolean {
  return STREET_TYPES.has(suffixOf(word) ?? '')
}

/** The standard form of a word before a street's name, if it is a French street type. */
export function frenchTypeOf(word: string): string | undefined {
  return FRENCH_TYPES.get(word)
}
