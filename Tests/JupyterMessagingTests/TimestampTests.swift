import JupyterMessaging
import Testing

@Suite struct TimestampTests {
  @Test(arguments: [
    (0, "1970-01-01T00:00:00.000000Z"), (951_782_399_999_999, "2000-02-28T23:59:59.999999Z"),
    (951_782_400_000_000, "2000-02-29T00:00:00.000000Z"), (1_078_056_000_000_001, "2004-02-29T12:00:00.000001Z"),
    (4_107_542_400_000_000, "2100-03-01T00:00:00.000000Z"), (946_684_799_000_999, "1999-12-31T23:59:59.000999Z"),
    (253_402_300_799_000_042, "9999-12-31T23:59:59.000042Z"),
  ])
  func `writes ISO 8601 in UTC`(microseconds: Int, text: String) {
    #expect(Timestamp.text(microsecondsSince1970: microseconds) == text)
  }
}
