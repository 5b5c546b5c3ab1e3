/** A format that is recognised but not read. `STEM` stands for the name of the file without its extension. */
export interface UnreadFormat {
  readonly what: string;
  readonly instead: string;
  readonly matches: Match;
  /** False for documents and damaged files, which no future version will read either. */
  readonly isArray?: false;
}

/** Decides by the first bytes, one character each, and by the name in lower case. */
type Match = (head: string, name: string) => boolean;

const at =
  (offset: number, ...signatures: string[]): Match =>
  (head) =>
    signatures.some((signature) => head.startsWith(signature, offset));
const named =
  (...extensions: string[]): Match =>
  (_, name) =>
    extensions.some((extension) => name.endsWith(extension));
const text =
  (beginning: RegExp): Match =>
  (head) =>
    beginning.test(head);
const both =
  (one: Match, other: Match): Match =>
  (head, name) =>
    one(head, name) && other(head, name);

const zip = at(0, 'PK\x03\x04', 'PK\x05\x06');
const gzip = at(0, '\x1f\x8b');

/** True when the name of the first member of a zip (length at byte 26, name at byte 30) ends so. */
const firstMember = (ending: string): Match =>
  both(zip, (head) => head.slice(30, 30 + head.charCodeAt(26) + 256 * head.charCodeAt(27)).endsWith(ending));

/** No control characters but blanks: text, in whatever encoding. */
const isText: Match = (head) => head !== '' && !/[^\t\n\f\r -~\x80-\xff]/.test(head);

const SAVE = 'save the array with numpy.save("STEM.npy", array)';
const SAVE_EACH = 'save each array with numpy.save("STEM.npy", array)';
const SAVE_TENSOR = 'save the tensor with numpy.save("STEM.npy", tensor.detach().cpu().numpy())';
const SAVE_IMAGE = 'save it as PNG, or with numpy.save("STEM.npy", array)';
const SAVE_VOLUME = 'save its voxels with numpy.save("STEM.npy", volume)';

/** The first match counts: the special stand before the general. */
export const UNREAD: readonly UnreadFormat[] = [
  { what: 'a PyTorch file', instead: SAVE_TENSOR, matches: firstMember('data.pkl') },
  { what: 'a PyTorch file', instead: SAVE_TENSOR, matches: both(zip, named('.pt', '.pth', '.ckpt')) },
  { what: 'a zip archive of arrays (.npz)', instead: SAVE_EACH, matches: firstMember('.npy') },
  { what: 'a zip archive of arrays (.npz)', instead: SAVE_EACH, matches: both(zip, named('.npz')) },
  { what: 'a zip archive', instead: 'unpack it and name the array in it', matches: zip },
  { what: 'a PyTorch file in the legacy format', instead: SAVE_TENSOR, matches: at(0, '\x80\x02\x8a\x0al\xfc\x9cF') },
  { what: 'a Python pickle', instead: SAVE_TENSOR, matches: at(0, '\x80\x02', '\x80\x03', '\x80\x04', '\x80\x05') },
  { what: 'a safetensors file', instead: SAVE_TENSOR, matches: at(4, '\0\0\0\0{"', '\0\0\0\0{}') },

  { what: 'a compressed NIfTI volume', instead: SAVE_VOLUME, matches: both(gzip, named('.nii.gz', '.nii')) },
  { what: 'gzip-compressed data', instead: 'unpack it with gunzip and name the file inside', matches: gzip },
  { what: 'a NIfTI volume', instead: SAVE_VOLUME, matches: at(344, 'n+1\0', 'ni1\0') },
  { what: 'a NIfTI-2 volume', instead: SAVE_VOLUME, matches: at(4, 'n+2\0', 'ni2\0') },
  { what: 'a DICOM file', instead: SAVE_VOLUME, matches: at(128, 'DICM') },
  { what: 'an NRRD volume', instead: SAVE_VOLUME, matches: at(0, 'NRRD000') },
  { what: 'a MetaImage volume', instead: SAVE_VOLUME, matches: text(/^(?:ObjectType|NDims|Comment)\s*=/) },

  { what: 'a MATLAB v7.3 file', instead: SAVE_EACH, matches: at(0, 'MATLAB 7.3 MAT-file') },
  { what: 'a MATLAB v5 file', instead: SAVE_EACH, matches: at(0, 'MATLAB 5.0 MAT-file') },
  { what: 'an HDF5 file', instead: SAVE_EACH, matches: at(0, '\x89HDF\r\n\x1a\n') },

  { what: 'a TIFF image', instead: SAVE_IMAGE, matches: at(0, 'II*\0', 'MM\0*') },
  { what: 'a BigTIFF image', instead: SAVE_IMAGE, matches: at(0, 'II+\0', 'MM\0+') },
  { what: 'a GIF image', instead: SAVE_IMAGE, matches: at(0, 'GIF87a', 'GIF89a') },
  { what: 'an AVIF image', instead: SAVE_IMAGE, matches: at(4, 'ftypavif', 'ftypavis') },
  { what: 'a HEIC image', instead: SAVE_IMAGE, matches: at(4, 'ftyphei', 'ftyphev', 'ftypmif1', 'ftypmsf1') },
  { what: 'an OpenEXR image', instead: SAVE, matches: at(0, 'v/1\x01') },
  { what: 'a BMP image', instead: SAVE_IMAGE, matches: both(at(0, 'BM'), at(6, '\0\0\0\0')) },
  { what: 'a Netpbm image', instead: SAVE_IMAGE, matches: text(/^P[1-7Ff]\s/) },
  {
    what: 'a PNG image damaged by a copy in text mode',
    instead: 'copy it again in binary mode',
    matches: at(0, '\x89PNG'),
    isArray: false,
  },

  { what: 'a PDF document', instead: 'name the array file', matches: at(0, '%PDF'), isArray: false },
  {
    what: 'an HTML page, such as a failed download leaves',
    instead: 'download the array file again',
    matches: text(/^\s*<(?:!doctype html|html|head|body)/i),
    isArray: false,
  },
  {
    what: 'a Git LFS pointer',
    instead: 'fetch the file that it stands for with git lfs pull',
    matches: at(0, 'version https://git-lfs'),
    isArray: false,
  },
  { what: 'an XML document', instead: SAVE_IMAGE, matches: text(/^\s*<(?:\?xml|svg)/i) },
  { what: 'JSON text', instead: SAVE, matches: both(isText, text(/^\s*[{[]/)) },
  { what: 'comma-separated text', instead: SAVE, matches: both(isText, text(/^[^\n]*[,;\t]/)) },
  { what: 'plain text', instead: SAVE, matches: isText },

  { what: 'a DICOM file without its preamble', instead: SAVE_VOLUME, matches: named('.dcm', '.dicom') },
  { what: 'bare bytes without type and shape', instead: SAVE, matches: named('.raw', '.bin', '.dat') },
];
