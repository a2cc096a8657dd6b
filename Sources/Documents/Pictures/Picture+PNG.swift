extension Picture {
  /// The picture as a PNG file without loss. Throws `DocumentError` with code `drawing`.
  public func png() throws(DocumentError) -> EncodedPicture {
    let surface = try CairoSurface(width: width, height: height)
    surface.setPixels(self)
    return EncodedPicture(mediaType: "image/png", bytes: try surface.png(), width: width, height: height)
  }

  /// The bytes of the picture as a PNG file without loss. Throws `DocumentError` with code `drawing`.
  public func pngData() throws(DocumentError) -> [UInt8] {
    try png().bytes
  }
}
