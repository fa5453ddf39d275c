/** Identifiers of the TCG's TPM Vendor ID Registry, in upper-case hex; the last is the FIDO Alliance's for tests. */
export const TPM_MANUFACTURERS = [
  '414D4400', // AMD
  '414E5400', // Ant Group
  '41544D4C', // Atmel
  '4252434D', // Broadcom
  '4353434F', // Cisco
  '464C5953', // Flyslice Technologies
  '524F4343', // Fuzhou Rockchip
  '474F4F47', // Google
  '48504900', // HPI
  '48504500', // HPE
  '48495349', // Huawei
  '49424D00', // IBM
  '49465800', // Infineon
  '494E5443', // Intel
  '4C454E00', // Lenovo
  '4D534654', // Microsoft
  '4E534D20', // National Semiconductor
  '4E545A00', // Nationz
  '4E534700', // NSING
  '4E544300', // Nuvoton Technology
  '51434F4D', // Qualcomm
  '534D534E', // Samsung
  '53454345', // SecEdge
  '534E5300', // Sinosun
  '534D5343', // SMSC
  '53544D20', // STMicroelectronics
  '54584E00', // Texas Instruments
  '57454300', // Winbond
  '5345414C', // Wisekey
  'FFFFF1D0', // FIDO Alliance
] as const;
