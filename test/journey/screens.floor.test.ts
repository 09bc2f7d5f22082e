import { ON_FOOT } from '../support/tour.ts'
import { readAll } from './screens.ts'

readAll(ON_FOOT)
