extension Image {
  /// Reads and decodes a picture file (JPEG or PNG, told by its content).
  ///
  /// The pixels are those of Pillow's `Image.open(path).convert("RGB")`, behind `ImageOps.exif_transpose` if the picture
  /// shall be upright: grey is repeated, alpha is dropped and not blended, CMYK is taken as Adobe's inverted inks. Of
  /// 16-bit samples the high byte is taken, of grey ones too, which Pillow would cut off at 255.
  ///
  /// - Throws: `DatasetError.unreadableFile`, `emptyFile`, `unsupportedImage`, `malformedImage` or `wrongImageSize`,
  ///   with the file; a picture that ends early or has damaged data is an error even if a part of it can be seen.
  public init(contentsOfFile path: String, orientation: PictureOrientation = .upright) throws(DatasetError) {
    let bytes = try RegularFile.bytes(atPath: path)
    do {
      self = try ImageDecoderCatalog.decode(bytes, orientation: orientation)
    } catch {
      throw error.inFile(path)
    }
  }

  /// Decodes the bytes of a picture file that is in memory, as `init(contentsOfFile:)` does.
  ///
  /// - Throws: `DatasetError.unsupportedImage`, `malformedImage` or `wrongImageSize`.
  public init(decoding bytes: [UInt8], orientation: PictureOrientation = .upright) throws(DatasetError) {
    self = try ImageDecoderCatalog.decode(bytes, orientation: orientation)
  }
}
