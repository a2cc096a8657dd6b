import Datasets
import Testing

@Suite struct ResizingTests {
  /// Names such as `large-scale.png.64x40.bilinear.ppm`.
  static let cases = Fixture.names(in: "Resized")

  @Test(arguments: cases)
  func `A resized picture has the pixels that Pillow computes`(name: String) throws {
    let fields = name.split(separator: ".")
    let interpolation = try #require(Interpolation(rawValue: String(fields[3])))
    let extents = fields[2].split(separator: "x").compactMap { Int($0) }
    let source = try Image(contentsOfFile: Fixture.path("Pictures/\(fields[0]).\(fields[1])"))
    let resized = try source.resized(
      to: ImageSize(width: extents[0], height: extents[1]), interpolation: interpolation)
    #expect(resized == (try Fixture.ppm("Resized/" + name)))
  }

  @Test func `There are cases`() { #expect(Self.cases.count == 28) }

  @Test(arguments: [
    ImageSize(width: 0, height: 5), ImageSize(width: 5, height: -1), ImageSize(100_000), ImageSize(.max),
  ])
  func `Impossible sizes are refused`(size: ImageSize) throws {
    let image = try Image(size: ImageSize(1), pixels: [1, 2, 3])
    #expect(throws: DatasetError.self) { try image.resized(to: size) }
    #expect(throws: DatasetError.self) { try Image(size: size, pixels: [1, 2, 3]) }
  }
}
