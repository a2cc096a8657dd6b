import Documents
import Foundation
import Testing

@Suite struct TableExportTests {
  @Test func `CSV holds every digit, names, flags and gaps`() throws {
    let csv = try Samples.predictions().csv()
    #expect(
      csv == """
        image,optimized_class,optimized_class_name,rank,confidence,time,erroneous\r
        image9.jpg,2,,3,0.4812345678901234,,true\r
        image2.jpg,4,bird,0,0.004,1234.5,false\r
        image10.jpg,4,bird,0,0.9987,12.34,false\r

        """)
  }

  @Test(arguments: [
    ("plain", "plain"), ("a,b", "\"a,b\""), ("say \"hi\"", "\"say \"\"hi\"\"\""), ("two\nlines", "\"two\nlines\""),
    ("cr\rlf\r\n", "\"cr\rlf\r\n\""), (" led", "\" led\""), ("", ""), ("ünï,😀", "\"ünï,😀\""), ("\"", "\"\"\"\""),
  ])
  func quoting(_ field: String, _ expected: String) {
    let table = Table(columns: [Column(id: "a", title: "A")], rows: [Row([.text(field)])])
    #expect(table.csv() == "a\r\n\(expected)\r\n")
  }

  @Test func `JSON reads back to the same numbers and words`() throws {
    var table = try Samples.predictions()
    table.columns[0].help = "</script> \u{2028} \u{1} \\ \""
    table.rows[1].cells[3] = .number(.infinity)
    let text = table.json()
    #expect(!text.contains("</"))
    let object = try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    let columns = try #require(object["columns"] as? [[String: String]])
    #expect(columns[0]["help"] == table.columns[0].help)
    #expect(columns[4]["unit"] == "ms")
    let rows = try #require(object["rows"] as? [[String: Any]])
    #expect(rows.map { $0["image"] as? String } == ["image9.jpg", "image2.jpg", "image10.jpg"])
    #expect(rows[0]["confidence"] is NSNull && rows[0]["time"] is NSNull)
    #expect(rows[0]["optimized_class_name"] is NSNull && rows[0]["erroneous"] as? Bool == true)
    #expect(rows[2]["confidence"] as? Double == 0.9987)
  }

  @Test func `numbers read back bit by bit`() throws {
    let values = [
      0.1, 1.0 / 3, .leastNonzeroMagnitude, 1.7976931348623157e308, 1e21, 123456789012345680, -2.5e-7, 0.1 + 0.2,
    ]
    let table = Table(
      columns: [Column(id: "v", title: "V", kind: .number(.exact))], rows: values.map { Row([.number($0)]) })
    let lines = table.csv().split(separator: "\r\n").dropFirst()
    #expect(lines.map { Double(String($0)) } == values)
  }
}
