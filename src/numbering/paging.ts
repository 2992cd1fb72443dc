/** Keys of a list's envelope; all of them are there, so that the engine sees one kind of object. */
export interface Paging {
  next_start_key: string | undefined
  page_size: number | undefined
  start_key: string | undefined
}

export const NO_PAGING: Paging = { next_start_key: undefined, page_size: undefined, start_key: undefined }
