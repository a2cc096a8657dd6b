/// The first bytes by which files of other kinds are told apart.
struct FileSignature: Sendable {
  /// What such a file is, with its article, as `a JPEG picture`.
  let kind: String
  let offset: Int
  let bytes: [UInt8]

  private init(_ kind: String, at offset: Int = 0, _ bytes: [UInt8]) {
    self.kind = kind
    self.offset = offset
    self.bytes = bytes
  }

  static let all: [FileSignature] = [
    FileSignature("a JPEG picture", [0xFF, 0xD8, 0xFF]),
    FileSignature("a PNG picture", [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
    FileSignature("a GIF picture", Array("GIF8".utf8)),
    FileSignature("a WebP picture", at: 8, Array("WEBP".utf8)),
    FileSignature("a ZIP archive (PyTorch checkpoints are such archives)", [0x50, 0x4B, 0x03, 0x04]),
    FileSignature("a compressed (gzip) file", [0x1F, 0x8B]),
    FileSignature("a compressed (xz) file", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]),
    FileSignature("a tar archive", at: 257, Array("ustar".utf8)),
    FileSignature("an HDF5 file", [0x89, 0x48, 0x44, 0x46]),
    FileSignature("a NumPy array", [0x93] + Array("NUMPY".utf8)),
    FileSignature("a TensorFlow Lite model", at: 4, Array("TFL3".utf8)),
    FileSignature("a PDF document", Array("%PDF".utf8)),
    FileSignature("a program", [0x7F, 0x45, 0x4C, 0x46]),
    FileSignature("a Git LFS pointer (the model itself was not fetched)", Array("version https://git-lfs".utf8)),
    FileSignature("a web page", Array("<!DOCTYPE html".utf8)),
    FileSignature("a web page", Array("<!doctype html".utf8)),
    FileSignature("a web page", Array("<html".utf8)),
    FileSignature("an XML document", Array("<?xml".utf8)),
    FileSignature("a notebook or another JSON document", Array("{".utf8)),
  ]

  /// What kind of file starts so, if it is one of the kinds in the list.
  static func kind(of header: [UInt8]) -> String? {
    all.first { header.dropFirst($0.offset).starts(with: $0.bytes) }?.kind
  }
}
