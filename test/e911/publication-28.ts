/**
 * The parts of which a delivery line is made (USPS Publication 28), each with ways to write it: a generator takes one of each.
 * Suffixes come from the npm package `street-types`, of appendix C1.
 */

/** A part as it is known, and as people write it. */
export type Written = readonly [known: string, ...written: string[]]

// prettier-ignore
const SUFFIX_WORDS =
  'ALY ALLEY | ANX ANNEX | ARC ARCADE | AVE AVENUE | BCH BEACH | BG BURG | BGS BURGS | BLF BLUFF | BLFS BLUFFS | ' +
  'BLVD BOULEVARD | BND BEND | BR BRANCH | BRG BRIDGE | BRK BROOK | BRKS BROOKS | BTM BOTTOM | BYP BYPASS | ' +
  'BYU BAYOU | CIR CIRCLE | CIRS CIRCLES | CLB CLUB | CLF CLIFF | CLFS CLIFFS | CMN COMMON | CMNS COMMONS | ' +
  'COR CORNER | CORS CORNERS | CP CAMP | CPE CAPE | CRES CRESCENT | CRK CREEK | CRSE COURSE | CRST CREST | ' +
  'CSWY CAUSEWAY | CT COURT | CTR CENTER | CTRS CENTERS | CTS COURTS | CURV CURVE | CV COVE | CVS COVES | ' +
  'CYN CANYON | DL DALE | DM DAM | DR DRIVE | DRS DRIVES | DV DIVIDE | EST ESTATE | ESTS ESTATES | EXPY EXPRESSWAY | ' +
  'EXT EXTENSION | EXTS EXTENSIONS | FALL FALL | FLD FIELD | FLDS FIELDS | FLS FALLS | FLT FLAT | FLTS FLATS | ' +
  'FRD FORD | FRDS FORDS | FRG FORGE | FRGS FORGES | FRK FORK | FRKS FORKS | FRST FOREST | FRY FERRY | FT FORT | ' +
  'FWY FREEWAY | GDN GARDEN | GDNS GARDENS | GLN GLEN | GLNS GLENS | GRN GREEN | GRNS GREENS | GRV GROVE | ' +
  'GRVS GROVES | GTWY GATEWAY | HBR HARBOR | HBRS HARBORS | HL HILL | HLS HILLS | HOLW HOLLOW | HTS HEIGHTS | ' +
  'HVN HAVEN | HWY HIGHWAY | INLT INLET | IS ISLAND | ISLE ISLES | ISS ISLANDS | JCT JUNCTION | JCTS JUNCTIONS | ' +
  'KNL KNOLL | KNLS KNOLLS | KY KEY | KYS KEYS | LAND LAND | LCK LOCK | LCKS LOCKS | LDG LODGE | LF LOAF | ' +
  'LGT LIGHT | LGTS LIGHTS | LK LAKE | LKS LAKES | LN LANE | LNDG LANDING | LOOP LOOPS | MALL MALL | MDW MEADOW | ' +
  'MDWS MEADOWS | MEWS MEWS | ML MILL | MLS MILLS | MNR MANOR | MNRS MANORS | MSN MISSION | MT MOUNT | MTN MOUNTAIN | ' +
  'MTNS MOUNTAINS | MTWY MOTORWAY | NCK NECK | OPAS OVERPASS | ORCH ORCHARD | OVAL OVL | PARK PRK | PASS PASS | ' +
  'PATH PATHS | PIKE PIKES | PKWY PARKWAY | PL PLACE | PLN PLAIN | PLNS PLAINS | PLZ PLAZA | PNE PINE | PNES PINES | ' +
  'PR PRAIRIE | PRT PORT | PRTS PORTS | PSGE PASSAGE | PT POINT | PTS POINTS | RADL RADIAL | RAMP RAMP | RD ROAD | ' +
  'RDG RIDGE | RDGS RIDGES | RDS ROADS | RIV RIVER | RNCH RANCH | ROW ROW | RPD RAPID | RPDS RAPIDS | RST REST | ' +
  'RTE ROUTE | RUE RUE | RUN RUN | SHL SHOAL | SHLS SHOALS | SHR SHORE | SHRS SHORES | SKWY SKYWAY | SMT SUMMIT | ' +
  'SPG SPRING | SPGS SPRINGS | SPUR SPURS | SQ SQUARE | SQS SQUARES | ST STREET | STA STATION | STRA STRAVENUE | ' +
  'STRM STREAM | STS STREETS | TER TERRACE | TPKE TURNPIKE | TRAK TRACK | TRCE TRACE | TRFY TRAFFICWAY | TRL TRAIL | ' +
  'TRLR TRAILER | TRWY THROUGHWAY | TUNL TUNNEL | UN UNION | UNS UNIONS | UPAS UNDERPASS | VIA VIADUCT | VIS VISTA | ' +
  'VL VILLE | VLG VILLAGE | VLGS VILLAGES | VLY VALLEY | VLYS VALLEYS | VW VIEW | VWS VIEWS | WALK WALKS | ' +
  'WALL WALL | WAY WY | WAYS WAYS | WL WELL | WLS WELLS | XING CROSSING | XRD CROSSROAD | XRDS CROSSROADS'

/** Every standard suffix with its word. */
export const SUFFIXES: readonly Written[] = SUFFIX_WORDS.split(' | ').map((row) => {
  const [standard = '', word = ''] = row.split(' ')
  return [standard, standard, word]
})

// prettier-ignore
export const HOUSES: readonly Written[] = [
  ['7', '7', '007', 'Seven'],             ['15', '15', 'FIFTEEN'],          ['123', '123'],                  ['4810', '4810'],
  ['12B', '12B', '12-B', '12 B', '12b'],  ['350F', '350 F', '350-F'],       ['13 1/2', '13 1/2', '13-1/2', '13½'],
  ['112-10', '112-10', '112–10'],         ['39.2', '39.2'],                 ['N6W23001', 'N6W23001', 'n6w23001'],
  ['W148 N9748', 'W148 N9748'],           ['39W123', '39W123'],             ['4N120', '4N120']
]

// prettier-ignore
export const DIRECTIONS: readonly Written[] = [
  ['N', 'N', 'North', 'N.'],  ['S', 'S', 'south'],       ['E', 'E', 'EAST'],                 ['W', 'W.', 'West'],
  ['NE', 'NE', 'N E'],        ['NW', 'Northwest', 'NW'], ['SE', 'S.E.', 'South East', 'SE'], ['SW', 'Southwest', 'SW']
]

// prettier-ignore
export const NAMES: readonly Written[] = [
  ['MAIN', 'Main'],                         ['WASHINGTON', 'Washington'],          ['PARK', 'Park'],
  ['LAKE SHORE', 'Lake Shore'],             ['OLD MILL', 'Old Mill'],              ['VAN BUREN', 'Van Buren'],
  ['GLEN ECHO', 'Glen Echo'],               ['WINSTON SALEM', 'Winston-Salem'],    ['OBRIEN', "O'Brien", 'O’Brien'],
  ['MARTIN LUTHER KING', 'Martin Luther King'], ['EL CAMINO REAL', 'El Camino Real'], ['BOX CANYON', 'Box Canyon'],
  ['SAINT MARYS', 'St Marys', "St. Mary's", 'Saint Marys'],                        ['SAINTE GENEVIEVE', 'Ste Genevieve'],
  ['OLD SAINT AUGUSTINE', 'Old St Augustine', 'Old St. Augustine'],                ['MT VERNON', 'Mt Vernon', 'Mt. Vernon'],
  ['FT WORTH', 'Ft Worth', 'Ft. Worth'],    ['COURT', 'Court'],                    ['LA CIENEGA', 'La Cienega'],
  ['5TH', '5th', 'Fifth', '5TH'],           ['13TH', '13th', 'Thirteenth'],        ['21ST', '21st', 'Twenty-First', 'Twenty First'],
  ['90TH', 'Ninetieth', '90th'],            ['11', '11'],                          ['9 MILE', '9 Mile'],
  ['27 1/2', '27 1/2'],                     ['CIRCLE R', 'Circle R'],              ['FIRST COLONY', 'First Colony']
]

/** Roads whose number ends the name; they have no suffix. */
// prettier-ignore
export const HIGHWAYS: readonly Written[] = [
  ['COUNTY ROAD 502', 'County Road 502', 'Co Rd 502', 'CR 502', 'CR-502', 'Cnty Rd 502', 'County Road #502', 'County Rd No 502'],
  ['COUNTY ROAD XX', 'County Road XX', 'CR XX'],         ['COUNTY HIGHWAY 140', 'Cnty Hwy 140', 'County Highway 140'],
  ['STATE HIGHWAY 59', 'State Hwy 59', 'SH 59', 'ST HWY 59', 'State Highway 59'],
  ['STATE ROUTE 27', 'SR 27', 'Rte 27', 'State Rte 27', 'ST RT 27'],                ['STATE ROAD 86', 'ST RD 86', 'State Rd 86'],
  ['US HIGHWAY 50', 'US-50', 'U.S. Hwy 50', 'US Highway 50', 'US 50'],              ['FM 1383', 'FM 1383', 'Farm Rd 1383', 'FM1383'],
  ['HIGHWAY 61', 'Hwy 61', 'Hwy #61', 'Highway 61'],     ['INTERSTATE 10', 'I-10', 'I10', 'IH 10', 'Interstate 10'],
  ['OLD HIGHWAY 61', 'Old Hwy 61'],                      ['RANCH ROAD 620', 'Ranch Rd 620'],
  ['TOWNSHIP ROAD 20', 'Township Rd 20', 'TSR 20', 'Twp Rd 20'],
  ['AVENUE A', 'Avenue A', 'Ave A'],                     ['AVENUE N', 'Avenue N', 'Ave. N'],
  ['ROAD 6', 'Road 6', 'Rd 6'],                          ['LANE 8 1/2', 'Lane 8 1/2', 'Lane 8½'],                 ['LOOP 410', 'Loop 410']
]

/** Units with a designator. */
// prettier-ignore
export const UNITS: readonly Written[] = [
  ['APT 4B', 'Apt 4B', 'Apt. 4B', 'Apartment 4B', 'Apt #4B', 'Apt4B', 'APT NO 4B'],   ['STE 5300', 'Ste 5300', 'Suite 5300', 'Ste.5300', 'Suite #5300'],
  ['STE 1', 'Suite One', 'Ste 1'],                                                    ['UNIT C2', 'Unit C2', 'UT C2', 'unit #C2'],
  ['# 12', '#12', '# 12', 'No. 12', 'No 12'],                                         ['FL 7', '7th Flr', '7th Floor', 'Floor 7', 'Fl 7', 'Seventh Floor', '7FL', '7 Floor'],
  ['FL G', 'Ground Floor'],                                                           ['BLDG 2', 'Bldg 2', 'Building 2', 'Bldg. 2'],
  ['BLDG 2 APT 4', 'Bldg 2 Apt 4', 'Apt 4, Bldg 2', 'Building 2, Apartment 4'],       ['LOT C', 'Lot C'],
  ['SPC A', 'Spc A', 'Space A'],                                                      ['RM 12', 'Room 12', 'Rm. 12'],
  ['LOWR', 'Lower Level'],                                                            ['UPPR', 'Upper Level'],
  ['REAR', 'Rear', 'rear'],                                                           ['BSMT', 'Basement', 'Bsmt'],
  ['PH 2', 'PH 2', 'Penthouse 2', 'PH2'],                                             ['LBBY', 'Lobby'],
  ['HNGR 3', 'Hangar 3'],                                                             ['TRLR 9', 'Trailer 9', 'Trlr 9'],
  ['DEPT 10', 'Dept 10', 'Department 10'],                                            ['SLIP 7', 'Slip 7'],
  ['STOP 5', 'Stop 5'],                                                               ['WING B', 'Wing B'],
  ['APT E', 'Apt E'],                                                                 ['STE 100 A', 'Ste 100 A'],
  ['STE 100-A', 'Suite 100-A', 'Ste. 100-A']
]

/** Units behind a suffix that do not say of which kind they are. */
export const BARE_UNITS: readonly Written[] = [
  ['# 4', '4'],
  ['# 104', '104'],
  ['# C2', 'C2']
]
