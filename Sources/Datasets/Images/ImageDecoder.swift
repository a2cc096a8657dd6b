/// A way to make a picture of the bytes of one file format.
///
/// Decoders have a file of their own in `Decoders/` and a line in `ImageDecoderCatalog`.
protocol ImageDecoder: Sendable {
  /// What the format is called, as `JPEG`.
  static var name: String { get }
  /// How names of such files end, in lower case without the dot.
  static var fileExtensions: [String] { get }
  /// The first bytes of every such file.
  static var signature: [UInt8] { get }
  /// Decodes a whole file; rows and columns are those that are stored, whatever the EXIF orientation is.
  ///
  /// - Throws: `DatasetError.malformedImage` or `wrongImageSize`.
  static func decode(_ bytes: [UInt8]) throws(DatasetError) -> Image
  /// The EXIF data of a file, a TIFF structure; nil if there is none.
  static func exif(in bytes: [UInt8]) -> ArraySlice<UInt8>?
}
