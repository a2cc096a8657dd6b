import Datasets
import Foundation
import Testing

@Suite struct ImageDecodingTests {
  static let pictures = Fixture.names(in: "Pictures")

  @Test(arguments: pictures)
  func `A picture has the pixels that Pillow sees`(name: String) throws {
    let image = try Image(contentsOfFile: Fixture.path("Pictures/" + name))
    let expected = try Fixture.ppm("Expected/\(name).ppm")
    #expect(image.size == expected.size)
    #expect(image.pixels == expected.pixels)
  }

  /// The files hold the same rows and columns and differ in their EXIF orientation only.
  @Test(arguments: 0...8)
  func `Stored pixels are the same whatever the EXIF orientation says`(orientation: Int) throws {
    let image = try Image(
      contentsOfFile: Fixture.path("Pictures/orientation-\(orientation).jpg"), orientation: .stored)
    #expect(try image == Fixture.ppm("Expected/orientation-1.jpg.ppm"))
  }

  @Test func `All kinds of pictures are among the fixtures`() {
    #expect(Self.pictures.count == 62)
  }

  @Test(arguments: [
    ("GIF89a......", "GIF pictures are not read; convert it; JPEG and PNG are read"),
    ("BM..........", "BMP pictures are not read; convert it; JPEG and PNG are read"),
    ("RIFF....WEBP", "WebP pictures are not read; convert it; JPEG and PNG are read"),
    ("%PDF-1.7....", "is no picture of a known format; JPEG and PNG are read"),
    ("x", "is no picture of a known format; JPEG and PNG are read"),
  ])
  func `Other formats are refused by name`(content: String, message: String) throws {
    let folder = try TemporaryFolder()
    try folder.write(content, to: "a.jpg")
    let error = #expect(throws: DatasetError.self) { try Image(contentsOfFile: folder.path + "/a.jpg") }
    #expect(error?.code == .unsupportedImage)
    #expect(error?.description == "\(folder.path)/a.jpg: \(message)")
  }

  @Test func `The content and not the name says what a file is`() throws {
    let folder = try TemporaryFolder()
    try folder.addPicture("filtered.png", as: "a.jpg")
    #expect(try Image(contentsOfFile: folder.path + "/a.jpg").size == ImageSize(width: 45, height: 30))
  }

  @Test func `Missing and empty files and folders are refused`() throws {
    let folder = try TemporaryFolder()
    try folder.write("", to: "empty.png")
    func code(_ name: String) -> DatasetError.Code? {
      #expect(throws: DatasetError.self) { try Image(contentsOfFile: folder.path + "/" + name) }?.code
    }
    #expect(code("empty.png") == .emptyFile)
    #expect(code("missing.png") == .unreadableFile)
    #expect(code("") == .unreadableFile)
  }

  @Test(arguments: ["baseline-420.jpg", "progressive-444.jpg", "cmyk.jpg", "filtered.png", "rgb-16-interlaced.png"])
  func `A picture that ends early is an error wherever it ends`(name: String) throws {
    let bytes = try Fixture.bytes("Pictures/" + name)
    for count in stride(from: 1, to: bytes.count, by: 7) {
      #expect(throws: DatasetError.self, "\(count) of \(bytes.count) bytes") {
        try Image(decoding: Array(bytes.prefix(count)))
      }
    }
    #expect(throws: DatasetError.self) { try Image(decoding: Array(bytes.dropLast(1))) }
  }

  @Test func `An error says why a picture cannot be read`() throws {
    let bytes = try Fixture.bytes("Pictures/baseline-420.jpg")
    let error = #expect(throws: DatasetError.self) { try Image(decoding: Array(bytes.prefix(bytes.count - 100))) }
    #expect(error?.code == .malformedImage)
    #expect(
      error?.message == "the JPEG picture is damaged or cut off (Premature end of JPEG file)")
    let png = try Fixture.bytes("Pictures/filtered.png")
    let other = #expect(throws: DatasetError.self) { try Image(decoding: Array(png.prefix(png.count - 100))) }
    #expect(other?.message == "the PNG picture is damaged or cut off (the file ends early)")
  }

  @Test func `A header that promises too many pixels is refused before memory is taken`() throws {
    var jpeg = try Fixture.bytes("Pictures/baseline-420.jpg")
    let frame = try #require(jpeg.indices.first { jpeg[$0] == 0xFF && jpeg[$0 + 1] == 0xC0 })
    jpeg.replaceSubrange(frame + 5..<frame + 9, with: [0xFF, 0xDC, 0xFF, 0xDC])
    let error = #expect(throws: DatasetError.self) { try Image(decoding: jpeg) }
    #expect(error?.code == .wrongImageSize)
    #expect(error?.message == "has 65500x65500 pixels, more than the 178 million that are read")
  }

  @Test func `Damaged pictures are decoded or refused, whatever was damaged`() throws {
    var state: UInt64 = 20
    func random(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
    var refusedCount = 0
    var caseCount = 0
    for name in Self.pictures {
      let original = try Fixture.bytes("Pictures/" + name)
      for round in 0..<40 {
        var bytes = original
        for _ in 0...round % 6 { bytes[random(bytes.count)] ^= UInt8(1 << random(8)) }
        if round % 5 == 0 { bytes.removeLast(random(bytes.count)) }
        caseCount += 1
        do {
          let image = try Image(decoding: bytes)
          #expect(image.pixels.count == image.width * image.height * 3)
        } catch {
          refusedCount += 1
        }
      }
    }
    #expect(caseCount == Self.pictures.count * 40)
    #expect(refusedCount > caseCount / 4)
    #expect(refusedCount < caseCount)
  }
}
