/** What the server says in its window when it starts and ends, in both languages of whoever may look there. */

export const start = {
  address: { en: 'Countersign runs at', 'zh-TW': '回單通已啟動' },
  setup: { en: 'Set up this server. Open this link within 24 hours; it opens once', 'zh-TW': '請設定這台伺服器。連結 24 小時內有效，限用一次' },
  enrol: { en: 'Enrol a device. Open this link on it within an hour; it opens once', 'zh-TW': '請登錄一台裝置。在該裝置開啟連結，一小時內有效，限用一次' },
  example: { en: 'Example people and their PINs', 'zh-TW': '範例人員與 PIN' },
  notEmpty: { en: 'The example fills a new database only. This one has a site already, so nothing was added', 'zh-TW': '範例只會填入新的資料庫。這裡已有資料，因此沒有加入任何內容' },
  notBuilt: { en: 'The app is not built, so there are doors and no pages. npm start builds it', 'zh-TW': '應用程式尚未建置，目前沒有網頁。npm start 會建置' },
  noTls: {
    en: 'Other devices need HTTPS for camera and offline work: set TLS_CERT and TLS_KEY',
    'zh-TW': '其他裝置要用 HTTPS 才能使用相機與離線作業：請設定 TLS_CERT 與 TLS_KEY',
  },
  backedUp: { en: 'Backed up, and checked', 'zh-TW': '備份完成，並已檢查' },
  restored: {
    en: 'Restored, as another history: start the server, and every device offers again what the backup does not know',
    'zh-TW': '還原完成，並開始新的歷史：啟動伺服器後，各裝置會補送備份裡沒有的紀錄',
  },
  missing: { en: 'Photographs that are not whole here; devices that still have them send them again', 'zh-TW': '這裡缺少或損毀的照片，仍有照片的裝置會再送一次' },
  ending: { en: 'Ending. What was recorded is on the disk', 'zh-TW': '正在結束。已記錄的內容都在磁碟上' },
} as const

export const startFaults = {
  portTaken: { en: 'Port {port} is taken. Set PORT to another one', 'zh-TW': '連接埠 {port} 已被使用，請改設 PORT' },
  portForbidden: { en: 'Port {port} may not be opened by this user. Set PORT to one above 1023', 'zh-TW': '這個使用者不能開啟連接埠 {port}，請把 PORT 設為大於 1023 的數字' },
  badPort: { en: 'PORT is “{port}”; it has to be a number from 0 to 65535', 'zh-TW': 'PORT 是「{port}」，應為 0 到 65535 的數字' },
  badHost: { en: 'HOST is “{host}”; this machine has no such address', 'zh-TW': 'HOST 是「{host}」，這台機器沒有這個位址' },
  noData: { en: 'DATA_DIR {directory} can’t be written: {cause}', 'zh-TW': '無法寫入 DATA_DIR {directory}：{cause}' },
  folderTaken: { en: 'Another server is running on DATA_DIR {directory}. End it, or set DATA_DIR to another folder', 'zh-TW': '另一個伺服器正在使用 DATA_DIR {directory}。請先結束它，或改設 DATA_DIR' },
  noLog: { en: 'The database {file} can’t be opened: {cause}', 'zh-TW': '無法開啟資料庫 {file}：{cause}' },
  noTls: { en: 'TLS_CERT and TLS_KEY are needed together and have to be readable: {cause}', 'zh-TW': 'TLS_CERT 與 TLS_KEY 須同時設定且可讀取：{cause}' },
  noTarget: {
    en: 'Say where: npm run backup -- FOLDER, or npm run restore -- FOLDER/countersign-….sqlite',
    'zh-TW': '請指定位置：npm run backup -- 資料夾，或 npm run restore -- 資料夾/countersign-….sqlite',
  },
  noBackup: { en: 'No backup was made: {cause}', 'zh-TW': '未能備份：{cause}' },
  noRestore: { en: 'Nothing was restored: {cause}', 'zh-TW': '未能還原：{cause}' },
  badTls: { en: 'TLS_CERT and TLS_KEY don’t make a certificate: {cause}', 'zh-TW': 'TLS_CERT 與 TLS_KEY 不是有效的憑證：{cause}' },
} as const
