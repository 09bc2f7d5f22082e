/** Which field a column's name speaks of, in English and both kinds of Chinese, as order files name them. */
import { type Field, FIELDS } from './fields.ts'
import { plain } from './numbers.ts'

/** The most telling names first. Written as `bare` leaves them: small letters and digits, nothing between. */
const NAMES: { readonly [F in Field]: readonly string[] } = {
  number: words(`orderid orderno ordernumber ordernum salesorderid salesordernumber purchaseorderid purchaseordernumber ponumber pono sono
    invoiceno invoicenumber invoice docno order reference 訂單編號 訂單號碼 訂單單號 訂單號 銷售單號 採購單號 發票號碼 單號 訂單
    订单编号 订单号码 订单单号 订单号 销售单号 采购单号 发票号码 发票号 单号 订单`),
  customerId: words(`customerid customerno customercode customernumber custid custno custcode clientid clientcode buyerid accountnumber accountno
    客戶編號 客戶代號 客戶代碼 客編 買家帳號 客户编号 客户代码 客户编码 客户代号 买家账号`),
  customerName: words(`companyname customername clientname buyername customer client company buyer account 客戶名稱 客戶簡稱 客戶全名 公司名稱 買家名稱
    客戶 公司 買方 買家 購買人 客户名称 客户简称 公司名称 买家名称 客户 买方 买家 购买人`),
  sku: words(`sku productid productno productcode productnumber stockcode itemno itemid itemcode itemnumber articleno articlenumber partno partnumber
    materialno materialcode 品號 料號 貨號 產品編號 產品代號 商品編號 商品貨號 商品代號 物料編號 型號 产品编号 产品编码 产品代码 商品编号 商品编码 货号 料号
    物料编码 物料编号 型号 品号`),
  name: words(`productname itemname productdescription itemdescription description product item article goods title name 品名 產品名稱 商品名稱 貨品名稱
    品項 產品 商品 产品名称 商品名称 货品名称 物料名称 产品 商品 名称`),
  spec: words('specification specifications spec specs quantityperunit variant size 規格型號 規格 尺寸 规格型号 规格 尺寸'),
  quantity: words(`quantity qty orderqty orderquantity orderedqty quantityordered qtyordered units pcs 訂購數量 訂貨數量 訂單數量 數量 件數
    订购数量 订货数量 订单数量 数量 件数`),
  unit: words('unit uom unitofmeasure measure 計量單位 單位 计量单位 单位'),
  price: words('unitprice price priceeach salesprice sellingprice 單價 含稅單價 未稅單價 售價 價格 单价 含税单价 售价 价格'),
  discount: words('discount discountrate discountpercent discountpct 折扣率 折扣'),
  currency: words('currency currencycode 幣別 幣種 币种 货币 币别'),
  placedAt: words(`orderdate ordertime orderedat placedat invoicedate purchasedate createdat date 訂單日期 下單日期 下單時間 訂購日期 訂貨日期 發票日期 日期
    订单日期 下单日期 下单时间 订购日期 订货日期 发票日期`),
  promisedAt: words(`requireddate promiseddate promisedat duedate needbydate needby requesteddate deliverydate shipby 預交日期 預交日 要求交期 交貨日期 需求日期
    希望交貨日 送貨日期 到貨日期 到貨日 交期 预交日期 要求交期 交货日期 需求日期 送货日期 到货日期 交货期`),
  contact: words('contactname contactperson contact attention attn 聯絡人姓名 聯絡人 联系人姓名 联系人'),
  phone: words('phone phonenumber telephone contactphone mobile tel 聯絡電話 電話 行動電話 手機 联系电话 电话 手机'),
  shipName: words('shipname shiptoname shipto recipient receiver consignee deliveryname 收貨人姓名 收件人姓名 收貨人 收件人 收货人姓名 收货人'),
  shipAddress: words(`shipaddress shiptoaddress shippingaddress deliveryaddress address street 送貨地址 收貨地址 交貨地址 寄送地址 收件地址 地址
    送货地址 收货地址 交货地址 收件地址`),
  shipCity: words('shipcity shiptocity city town 縣市 城市 县市'),
  shipRegion: words('shipregion shipstate region state province county 鄉鎮市區 地區 省份 地区 区域'),
  shipPostcode: words('shippostalcode shipzip postalcode postcode zipcode zip 郵遞區號 邮政编码 邮编'),
  shipCountry: words('shipcountry shiptocountry country countrycode 國家 國別 国家 国别'),
  grade: words('customergrade grade 客戶等級 等級 客户等级 等级'),
  terms: words('paymentterms terms payment 付款條件 付款方式 付款条件'),
  grams: words('grams unitgrams weightgrams weightg 單重克 重量克 公克'),
  kilograms: words('kilograms weightkg unitweight unitweightkg weight 單重 單重kg 重量 重量kg 单重 单重kg'),
  tolerance: words('tolerance 允許誤差 誤差 允许误差 误差'),
  quality: words('qualitystandard quality 品質標準 質量標準 品質 质量标准'),
  packaging: words('packaging packing 包裝方式 包裝 包装方式 包装'),
  delivery: words('deliveryterms deliverymethod shippingmethod incoterms 交貨條件 運送方式 送貨方式 交货条件 运输方式 送货方式'),
  clauses: words('specialclauses clauses specialterms 特殊條款 特別條款 特殊条款 特别条款'),
  memo: words('memo remarks remark notes note comments comment 備註 備忘 备注'),
}

function words(text: string): string[] {
  return text.split(/\s+/)
}

/** 'Order ID', 'order_id' and 'ＯｒｄｅｒＩＤ' are one name. */
export function bare(name: string): string {
  return plain(name).toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, '')
}

const WHOLE = new Map(FIELDS.flatMap((field) => NAMES[field].map((name, i) => [name, { field, score: 100 - i * 0.5 }] as const)))
/** Long enough to mean something within a longer name: 'customer order no', '客戶訂單編號'. */
const PARTS = [...WHOLE].filter(([name]) => name.length >= (/[a-z]/.test(name) ? 5 : 2)).sort(([a], [b]) => b.length - a.length)

/** The fields that a name may stand for, the likeliest first; 100 is certain, below 50 a guess by a part of it. */
export function fieldsNamed(name: string): { field: Field; score: number }[] {
  const said = bare(name)
  const whole = WHOLE.get(said)
  if (whole) return [whole]
  const found = new Map<Field, number>()
  for (const [part, { field, score }] of PARTS) {
    if (found.has(field) || !(said.startsWith(part) || said.endsWith(part))) continue
    found.set(field, (score / 100) * 40 * (part.length / said.length))
  }
  return [...found].map(([field, score]) => ({ field, score })).sort((a, b) => b.score - a.score)
}
