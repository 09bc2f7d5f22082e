/**
 * What is known of each application identifier, after the GS1 Barcode Syntax Dictionary, release 2026-01-27 (GS1 General Specifications,
 * section 3). Identifiers of which the same holds share a line, to be small on a phone:
 *
 *     components · +required · -excluded · /qualifiers · ! = identifier title; identifier title
 *
 *   N13.csum X..17?   components in their order: characters (see characters.ts), length, checks (see checks.ts); `?` optional, `*4` so many
 *   +01,02 +10&21     wants 01 or 02 beside it, and 10 with 21; `n` is any digit
 *   -255,=            never beside 255, nor another of its own family (3100 and 3105)
 *   / · /22,10|235    the key of a Digital Link · with these qualifiers in this order, or those
 *   !                 no attribute of a Digital Link
 *   3100-5 TITLE      six identifiers; `#7` in a title counts with them from 7
 */
export const SHEET = `
N18.csum.gcppos2 / = 00 SSCC
N14.csum.gcppos2 -255,37 /22,10,21|235 = 01 GTIN
N14.csum.gcppos2 +37 -01,03 = 02 CONTENT
N14.csum.gcppos2 -01,02,37 ! = 03 MTO GTIN
X..20 +01,02,03,8006,8026 = 10 BATCH/LOT
N6.yymmd0 +01,02,03,8006,8026 = 11 PROD DATE; 13 PACK DATE; 15 BEST BEFORE or BEST BY; 16 SELL BY
N6.yymmd0 +8020 = 12 DUE DATE
N6.yymmd0 +01,02,03,255,8006,8026 = 17 USE BY or EXPIRY
N2 +01,02,8006,8026 = 20 VARIANT
X..20 +01,03,8006 -235 ! = 21 SERIAL
X..20 +01 ! = 22 CPV
X..28 +01 ! = 235 TPX
X..30 +01,02,8006,8026 = 240 ADDITIONAL ID; 241 CUST. PART No.
N..6 +01,02,8006,8026 = 242 MTO VARIANT
X..20 +01 = 243 PCN; 710 NHRN PZN; 711 NHRN CIP; 712 NHRN CN; 713 NHRN DRN; 714 NHRN AIM; 715 NHRN NDC; 716 NHRN AIC; 717 NHRN SRN
X..30 +01,8006 +21 = 250 SECONDARY SERIAL
X..30 +01,8006 = 251 REF. TO SOURCE
N13.csum.gcppos1 X..17? / = 253 GDTI
X..20 +414 ! = 254 GLN EXTENSION COMPONENT
N13.csum.gcppos1 N..12? -01,02,415,8006,8020,8026 / = 255 GCN
N..8 +01,02 = 30 VAR. COUNT
N6 +01,02 -= = 3100-5 NET WEIGHT (kg); 3110-5 LENGTH (m); 3120-5 WIDTH (m); 3130-5 HEIGHT (m); 3140-5 AREA (m²); 3150-5 NET VOLUME (l); 3160-5 NET VOLUME (m³); 3200-5 NET WEIGHT (lb); 3210-5 LENGTH (in); 3220-5 LENGTH (ft); 3230-5 LENGTH (yd); 3240-5 WIDTH (in); 3250-5 WIDTH (ft); 3260-5 WIDTH (yd); 3270-5 HEIGHT (in); 3280-5 HEIGHT (ft); 3290-5 HEIGHT (yd); 3500-5 AREA (in²); 3510-5 AREA (ft²); 3520-5 AREA (yd²); 3560-5 NET WEIGHT (tr oz); 3570-5 NET VOLUME (oz); 3600-5 NET VOLUME (qt (US)); 3610-5 NET VOLUME (gal.); 3640-5 NET VOLUME (in³); 3650-5 NET VOLUME (ft³); 3660-5 NET VOLUME (yd³)
N6 +00,01 -= = 3300-5 GROSS WEIGHT (kg); 3310-5 LENGTH (m), log; 3320-5 WIDTH (m), log; 3330-5 HEIGHT (m), log; 3340-5 AREA (m²), log; 3350-5 VOLUME (l), log; 3360-5 VOLUME (m³), log; 3400-5 GROSS WEIGHT (lb); 3410-5 LENGTH (in), log; 3420-5 LENGTH (ft), log; 3430-5 LENGTH (yd), log; 3440-5 WIDTH (in), log; 3450-5 WIDTH (ft), log; 3460-5 WIDTH (yd), log; 3470-5 HEIGHT (in), log; 3480-5 HEIGHT (ft), log; 3490-5 HEIGHT (yd), log; 3530-5 AREA (in²), log; 3540-5 AREA (ft²), log; 3550-5 AREA (yd²), log; 3620-5 VOLUME (qt (US)), log; 3630-5 VOLUME (gal (US)), log; 3670-5 VOLUME (in³), log; 3680-5 VOLUME (ft³), log; 3690-5 VOLUME (yd³), log
N6 +01 -= = 3370-5 KG PER m²
N..8 +00 +02,8026 = 37 COUNT
N..15 +255,8020 -=,391n,394n,8111 = 3900-9 AMOUNT
N3.iso4217 N..15 +8020 -= = 3910-9 AMOUNT
N..15 +01 +30,31nn,32nn,35nn,36nn -=,393n = 3920-9 PRICE
N3.iso4217 N..15 +30,31nn,32nn,35nn,36nn -= = 3930-9 PRICE
N4 +255 -=,8111 = 3940-3 PRCNT OFF
N6 +30,31nn,32nn,35nn,36nn -392n,393n,=,8005 = 3950-5 PRICE/UoM
X..30 = 400 ORDER NUMBER; 90 INTERNAL
X..30.gcppos1 / = 401 GINC
N17.csum.gcppos1 / = 402 GSIN
X..30 +00 = 403 ROUTE; 4308 SHIP TO PHONE; 4319 RTN TO PHONE
N13.csum.gcppos1 = 410 SHIP TO LOC; 411 BILL TO; 412 PURCHASE FROM; 413 SHIP FOR LOC; 416 PROD/SERV LOC
N13.csum.gcppos1 /254|7040 = 414 LOC No.
N13.csum.gcppos1 +8020 /8020 = 415 PAY TO
N13.csum.gcppos1 /7040 = 417 PARTY
X..20 -421 = 420 SHIP TO POST
N3.iso3166 X..9 -4307 = 421 SHIP TO POST
N3.iso3166 +01,02,8006,8026 -426 = 422 ORIGIN
N3.iso3166 N3.iso3166?*4 +01,02 -426 = 423 COUNTRY - INITIAL PROCESS; 425 COUNTRY - DISASSEMBLY
N3.iso3166 +01,02 -426 = 424 COUNTRY - PROCESS
N3.iso3166 +01,02 = 426 COUNTRY - FULL PROCESS
X..3 +01,02 +422 = 427 ORIGIN SUBDIVISION
X..35.pcenc +00 = 4300 SHIP TO COMP; 4301 SHIP TO NAME; 4310 RTN TO COMP; 4311 RTN TO NAME; 4320 SRV DESCRIPTION
X..70.pcenc +00 = 4302 SHIP TO ADD1; 4304 SHIP TO SUB; 4305 SHIP TO LOC; 4306 SHIP TO REG; 4312 RTN TO ADD1; 4314 RTN TO SUB; 4315 RTN TO LOC; 4316 RTN TO REG
X..70.pcenc +4302 = 4303 SHIP TO ADD2
X2.iso3166alpha2 +00 = 4307 SHIP TO COUNTRY; 4317 RTN TO COUNTRY
N10.latitude N10.longitude +00 = 4309 SHIP TO GEO
X..70.pcenc +4312 = 4313 RTN TO ADD2
X..20 +00 = 4318 RTN TO POST
N1.yesno +00 = 4321 DANGEROUS GOODS; 4322 AUTH TO LEAVE; 4323 SIG REQUIRED
N6.yymmd0 N4.hhmi +00 = 4324 NOT BEF DEL DT; 4325 NOT AFT DEL DT
N6.yymmdd +00 = 4326 REL DATE
N6 X1.hyphen? +00 -4331 = 4330 MAX TEMP F.
N6 X1.hyphen? +00 -4330 = 4331 MAX TEMP C.
N6 X1.hyphen? +00 -4333 = 4332 MIN TEMP F.
N6 X1.hyphen? +00 -4332 = 4333 MIN TEMP C.
N13 +01,02,8006,8026 = 7001 NSN
X..30 +01,02 = 7002 MEAT CUT
N6.yymmdd N4.hhmi +01,02 = 7003 EXPIRY TIME
N..4 +01&10 = 7004 ACTIVE POTENCY
X..12 +01,02 = 7005 CATCH AREA
N6.yymmdd +01,02 = 7006 FIRST FREEZE DATE
N6.yymmdd N6.yymmdd? +01,02 = 7007 HARVEST DATE
X..3 +01,02 = 7008 AQUATIC SPECIES
X..10 +01,02 = 7009 FISHING GEAR TYPE
X..2 +01,02 = 7010 PROD METHOD
N6.yymmdd N4.hhmi? +01,02 = 7011 TEST BY DATE
X..20 +01,8006 +416 = 7020 REFURB LOT
X..20 +01,8006 = 7021 FUNC STAT; 7240 PROTOCOL; 8012 VERSION
X..20 +7021 = 7022 REV STAT
X..30.gcppos1 = 7023 GIAI - ASSEMBLY
N3.iso3166999 X..27 +01,02 = 7030-9 PROCESSOR # #0
N1 X1*2 X1.importeridx ! = 7040 UIC+EXT
X..4.packagetype +00 ! = 7041 UFRGT UNIT TYPE
X2 X..28 +01,8004 = 7230-9 CERT # #1
N2.mediatype +8017,8018 = 7241 AIDC MEDIA TYPE
X..25 +8017,8018 = 7242 VCN
N8.yyyymmdd +8018 -7251 = 7250 DOB
N8.yyyymmdd N4.hhmi +8018 -7250 = 7251 DOB TIME
N1.iso5218 +8018 = 7252 BIO SEX
X..40.pcenc +8017,8018 -7256,7259 = 7253 FAMILY NAME; 7254 GIVEN NAME
X..10 +8017,8018 -7256,7259 = 7255 SUFFIX
X..90.pcenc +8017,8018 = 7256 FULL NAME
X..70.pcenc +8018 = 7257 PERSON ADDR
X3.posinseqslash +8018&7259 = 7258 BIRTH SEQUENCE
X..40.pcenc +8018 -7256 = 7259 BABY
N4.nonzero N5.nonzero N3.nonzero N1.winding N1 +01 = 8001 DIMENSIONS
X..20 = 8002 CMT No.
N1.zero N13.csum.gcppos1 X..16? / = 8003 GRAI
X..30.gcppos1 /7040 = 8004 GIAI
N6 +01,02 = 8005 PRICE PER UNIT
N14.csum.gcppos2 N4.pieceoftotal -01,37 /22,10,21 = 8006 ITIP
X..34.iban +415 = 8007 IBAN
N6.yymmdd N2.hh N2.mi? N2.ss? +01,02 = 8008 PROD TIME
X..50 +00,01 = 8009 OPTSEN
Y..30.gcppos1 /8011 = 8010 CPID
N..12.nozeroprefix +8010 ! = 8011 CPID SERIAL
X..25.csumalpha.gcppos1 / = 8013 GMN
X..25.csumalpha.gcppos1.hasnondigit +01 ! = 8014 MUDI
N18.csum.gcppos1 -8018 /8019 = 8017 GSRN - PROVIDER
N18.csum.gcppos1 -8017 /8019 = 8018 GSRN - RECIPIENT
N..10 +8017,8018 ! = 8019 SRIN
X..25 +415 ! = 8020 REF No.
N14.csum.gcppos2 N4.pieceoftotal +37 -02,8006 = 8026 ITIP CONTENT
Z..90 +00,01&21,253,255,8003,8004,8006&21,8010&8011,8017,8018 = 8030 DIGSIG
N15 +01&21 ! = 8040 IMEI
N15 +01&21&8040 ! = 8041 IMEI2
N32 +01&21&8040 ! = 8042 ESIM
N18 N..2? +01&21&8040 ! = 8043 PSIM
X..70.couponcode = 8110
N4 +255 = 8111 POINTS
X..70.couponposoffer = 8112
X..70 +01 ! = 8200 PRODUCT URL
X..90 = 91-9 INTERNAL
`
