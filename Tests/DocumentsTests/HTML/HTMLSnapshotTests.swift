import Documents
import Foundation
import Testing

@Suite struct HTMLSnapshotTests {
  /// The fragment without its style and script, whose text says nothing about the document.
  private func content(_ html: String) throws -> String {
    let start = try #require(html.range(of: "\n")).upperBound
    let end = try #require(html.range(of: "<style>")).lowerBound
    return String(html[start..<end])
  }

  @Test func document() throws {
    try expectSnapshot(content(try Samples.document().html()), "document.html")
  }

  @Test func `progress alone needs neither table style nor script`() {
    let html = Document(blocks: [.progress(ProgressBar(label: "Reading", fraction: 0.5))]).html()
    #expect(!html.contains("<script>") && !html.contains("octet-table") && html.utf8.count < 3000)
    #expect(html.contains(#"<progress max="1" value="0.5" aria-label="Reading">██████████░░░░░░░░░░</progress>"#))
  }

  @Test func `a page is whole and sets its own colours`() throws {
    let page = try Samples.document().htmlPage()
    #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\">") && page.hasSuffix("</html>\n"))
    #expect(page.contains("<title>Comparison of Predictions</title>") && page.contains("prefers-color-scheme:dark"))
    #expect(!page.contains("http://") && !page.contains("https://"))
  }
}
