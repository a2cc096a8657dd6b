import Documents
import Foundation
import Testing

@Suite struct PictureTests {
  @Test(arguments: [(0, 1, 0), (1, 0, 0), (2, 2, 11), (-1, -1, 3), (Int.max, Int.max, 3), (16_385, 1, 49_155)])
  func `sizes that do not fit are refused`(_ width: Int, _ height: Int, _ count: Int) {
    let error = #expect(throws: DocumentError.self) {
      try Picture(width: width, height: height, pixels: [UInt8](repeating: 0, count: count))
    }
    #expect(error?.code == .pictureSize)
  }

  @Test func `scaling takes the mean of the covered area`() throws {
    let grey: [UInt8] = [0, 30, 60, 90, 120, 150]
    let picture = try Picture(width: 3, height: 2, pixels: grey.flatMap { [$0, $0, $0] })
    func levels(_ picture: Picture) -> [UInt8] {
      stride(from: 0, to: picture.pixels.count, by: 3).map { picture.pixels[$0] }
    }
    #expect(levels(picture.scaled(width: 1, height: 1)) == [75])
    #expect(levels(picture.scaled(width: 3, height: 1)) == [45, 75, 105])
    // Half of the middle column goes to either side: (0 + 15) / 1.5 = 10 and (15 + 60) / 1.5 = 50.
    #expect(levels(picture.scaled(width: 2, height: 2)) == [10, 50, 100, 140])
    #expect(levels(picture.scaled(width: 6, height: 2)) == [0, 0, 30, 30, 60, 60, 90, 90, 120, 120, 150, 150])
  }

  @Test(arguments: [(400, 300, 100, 100, 75), (300, 400, 100, 75, 100), (50, 40, 100, 50, 40), (1000, 1, 10, 10, 1)])
  func `fitting keeps proportions`(_ width: Int, _ height: Int, _ edge: Int, _ newWidth: Int, _ newHeight: Int) throws {
    let fitted = try Samples.gradient(width: width, height: height).fitted(within: edge)
    #expect(fitted.width == newWidth && fitted.height == newHeight)
  }

  @Test func `a PNG says its size`() throws {
    let png = try Samples.gradient(width: 37, height: 5).png()
    #expect(png.bytes.prefix(8) == [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A])
    #expect(png.bytes[16..<24] == [0, 0, 0, 37, 0, 0, 0, 5])
    #expect(png.mediaType == "image/png" && png.width == 37 && png.height == 5)
  }

  // RFC 4648, section 10.
  @Test(arguments: [
    ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
    ("foobar", "Zm9vYmFy"),
  ])
  func base64(_ text: String, _ expected: String) {
    #expect(EncodedPicture(mediaType: "", bytes: Array(text.utf8), width: 0, height: 0).base64 == expected)
  }

  // The recorded file was decoded by libjpeg and lies within 2 grey levels of the gradient on average.
  @Test func `a JPEG is the same everywhere`() throws {
    let jpeg = try Samples.gradient(width: 37, height: 21).jpeg(quality: 90)
    #expect(jpeg.bytes.prefix(2) == [0xFF, 0xD8] && jpeg.bytes.suffix(2) == [0xFF, 0xD9])
    try expectSnapshot(jpeg.base64 + "\n", "gradient.jpeg.base64")
  }
}
