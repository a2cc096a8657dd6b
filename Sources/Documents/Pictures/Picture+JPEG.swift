extension Picture {
  /// The picture as a JPEG file, several times smaller than a PNG of a photograph; `quality` is clamped to 1...100.
  ///
  /// The same pixels give the same bytes on every machine.
  public func jpeg(quality: Int = 80) -> EncodedPicture {
    var encoder = JPEGEncoder(quality: quality)
    return EncodedPicture(mediaType: "image/jpeg", bytes: encoder.encode(self), width: width, height: height)
  }
}
