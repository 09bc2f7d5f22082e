/** 出厂标准的项目、缺陷的等级、检验后怎么办。 */
import type { inspection as zhTW } from '../zh-TW/inspection.ts'
import type { Words } from '../words.ts'

export const inspection: Words<typeof zhTW> = {
  standards: { paperRolls: '卷筒纸', paperSheets: '平板纸', general: '一般货品' },
  defects: { critical: '致命', major: '严重', minor: '轻微' },
  dispositions: {
    hold: { title: '搁置', second: '先放着，等人决定，之后再验' },
    rework: { title: '返工', second: '改好以后再验' },
    reject: { title: '拒收', second: '不能出：放回、换货' },
  },
  checks: {
    count: '数量不符',
    clean: '脏污、异物',
    dry: '受潮',
    wrapping: '包装破损',
    edges: '边缘毛边、缺口',
    surface: '纸面压痕、皱褶',
    label: '标签不符、没贴',
    labelPrint: '标签不清楚',
    core: '芯管变形',
    splices: '接头没有标示',
    cut: '裁切不齐',
    grammage: '定量',
    thickness: '厚度',
    moisture: '水分',
    width: '幅宽',
    length: '长度',
    diameter: '卷径',
    coreBore: '芯管内径',
    weight: '重量',
    outOfSquare: '歪斜',
  },
}
