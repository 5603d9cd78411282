package dev.vpmu.dsl.syntax;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumberLiteralTest {

    @ParameterizedTest
    @CsvSource({ "0, 0", "7, 7", "2000003, 2000003", "1_000, 1000", "0x0, 0", "0xC0, 192", "0xfF, 255", "0x06_0400_0001, 25836912641",
        "0xFFFF_FFFF_FFFF_FFFF, -1", "18446744073709551615, -1", "9223372036854775808, -9223372036854775808", "0x0000_0000_0000_0000_0001, 1" })
    void aNumberIsUnsignedWithUpTo64Bits(String text, long value) throws Exception {
        assertEquals(value, NumberLiteral.read(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "0x12G | 4 | 1 | 'G' is not a hexadecimal digit, in '0x12G'",
        "12a4 | 2 | 1 | 'a' is not a decimal digit, in '12a4'; a hexadecimal number begins with '0x'",
        "12z | 2 | 1 | 'z' is not a decimal digit, in '12z'",
        "0x | 0 | 2 | '0x' without digits: a hexadecimal digit must follow",
        "0X12 | 1 | 1 | a hexadecimal number begins with '0x', not '0X'",
        "1__2 | 2 | 1 | only one '_' between two digits",
        "12_ | 2 | 1 | '_' stands between digits, not at the end of a number",
        "0x_12 | 2 | 1 | '_' stands between digits, not before the first",
        "010 | 0 | 3 | '010' begins with 0, which looks like an octal number: write '10', or 0x8 if octal was meant",
        "019 | 0 | 3 | '019' begins with 0, which looks like an octal number: write '19'",
        "00 | 0 | 2 | '00' begins with 0, which looks like an octal number: write '0', or 0x0 if octal was meant",
        "0x1_0000_0000_0000_0000 | 0 | 23 | '0x1_0000_0000_0000_0000' has more than 64 bits: the largest number is 0xFFFF_FFFF_FFFF_FFFF",
        "18446744073709551616 | 0 | 20 | '18446744073709551616' has more than 64 bits: the largest number is 0xFFFF_FFFF_FFFF_FFFF",
        "99999999999999999999999 | 0 | 23 | '99999999999999999999999' has more than 64 bits: the largest number is 0xFFFF_FFFF_FFFF_FFFF" })
    void aWrongNumberNamesTheExactCharacters(String text, int offset, int length, String message) {
        NumberLiteral.FormatProblem problem = assertThrows(NumberLiteral.FormatProblem.class, () -> NumberLiteral.read(text));
        assertEquals(message, problem.getMessage());
        assertEquals(offset, problem.offset());
        assertEquals(length, problem.length());
    }

    @Test
    void writtenNumbersReadBack() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < 10_000; i++) {
            long value = random.nextLong() >>> random.nextInt(64);
            assertEquals(value, NumberLiteral.read(NumberLiteral.write(value)), () -> "seed 1, " + Long.toHexString(value));
        }
    }
}
