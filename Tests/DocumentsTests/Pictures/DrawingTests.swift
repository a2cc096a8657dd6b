import Documents
import Testing

@Suite struct DrawingTests {
  private func gallery() throws -> ImageGrid {
    let picture = try Samples.gradient(width: 40, height: 30)
    return ImageGrid(
      title: "Predictions",
      cards: [
        Samples.card("a.jpg", optimized: "4 bird", parent: "4 bird", picture: picture),
        Samples.card(
          "a name too long for any card of this gallery to hold on one line.jpg", optimized: "2 mug", parent: "4 bird"),
      ])
  }

  /// Mean brightness from 0 to 9 in cells of 16 CSS pixels, one line of digits for each row of cells.
  private func map(_ picture: Picture) -> String {
    let small = picture.scaled(width: picture.width / 16, height: picture.height / 16)
    return (0..<small.height).map { y in
      (0..<small.width).map { x in
        let start = (y * small.width + x) * 3
        return "\((small.pixels[start..<(start + 3)].reduce(0) { $0 + Int($1) } * 10 / 766))"
      }.joined()
    }.joined(separator: "\n")
  }

  @Test func `the gallery as SVG`() throws {
    try expectSnapshot(try gallery().svg(), "gallery.svg")
  }

  @Test func `PNG has the size of its SVG in CSS pixels`() throws {
    for scale in [1.0, 2.0] {
      let png = try gallery().png(scale: scale)
      #expect(try gallery().svg().contains("width=\"\(png.width)\" height=\"\(png.height)\""))
      let edges = [png.width, png.height].map { Int(Double($0) * scale) }
      #expect(
        png.bytes[16..<24] == [
          0, 0, UInt8(edges[0] >> 8), UInt8(edges[0] & 255), 0, 0, UInt8(edges[1] >> 8), UInt8(edges[1] & 255),
        ])
    }
  }

  @Test func `drawn pixels look as recorded, within what fonts differ by`() throws {
    for (name, picture) in [
      ("gallery", try gallery().picture(scale: 1)), ("bars", try Samples.bars.picture(scale: 1)),
      ("lines", try Samples.lines.picture(scale: 1)), ("histogram", try Samples.histogram.picture(scale: 1)),
    ] {
      let now = map(picture)
      let recorded = try recorded(now, "\(name).map.txt")
      #expect(now.count == recorded.count, "\(name)")
      let difference = zip(now.utf8, recorded.utf8).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
      #expect(Double(difference) / Double(now.count) < 0.1, "\(name)")
    }
  }

  @Test func `a drawing stands on white up to its edges`() throws {
    let picture = try Samples.lines.picture(scale: 1)
    let corners = [0, (picture.width - 1) * 3, picture.pixels.count - 3]
    #expect(corners.allSatisfy { picture.pixels[$0..<($0 + 3)] == [255, 255, 255] })
  }
}
