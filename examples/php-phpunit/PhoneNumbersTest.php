<?php

declare(strict_types=1);

require_once __DIR__ . '/SandboxTestCase.php';

final class PhoneNumbersTest extends SandboxTestCase
{
    private const ADDRESS = [
        'caller_name' => 'Ada Example',
        'street_address' => '911 MULTIPLE TEST ST',
        'locality' => 'SAN FRANCISCO',
        'region' => 'CA',
        'postal_code' => '94105',
    ];

    public function testANumberThatIBuyIsListedUntilIReleaseIt(): void
    {
        [$number] = $this->client->search('415');
        self::assertSame('in_service', $this->client->buy($number)['state']);
        self::assertArrayHasKey($number, $this->client->list());
        $this->client->release($number);
        self::assertArrayNotHasKey($number, $this->client->list());
    }

    public function testAPurchaseSurvivesAServiceThatIsDownForAMoment(): void
    {
        [$number] = $this->client->search('415');
        $this->admin('faults', ['operation' => 'buy', 'status' => 503, 'times' => 1]);
        self::assertSame('in_service', $this->client->buy($number)['state']);
        self::assertSame(['count' => 2], $this->admin('requests/count', ['operation' => 'buy']));
    }

    public function testAnAddressThatFitsSeveralPlacesIsSetByChoosingOne(): void
    {
        [$number] = $this->client->search('415');
        $this->client->buy($number);
        try {
            $this->client->setE911($number, self::ADDRESS);
            self::fail('The address was accepted');
        } catch (MultipleChoices $refused) {
            $chosen = ['caller_name' => 'Ada Example'] + $refused->choices()[0];
        }
        self::assertContains('e911', $this->client->setE911($number, $chosen)['features']);
    }

    public function testWhatOneTestBuysNoOtherTestSees(): void
    {
        // A sandbox is nothing but another base URL.
        $other = $this->client("$this->sandbox-2");
        [$number] = $this->client->search('415');
        self::assertSame([$number], $other->search('415'));
        $this->client->buy($number);
        self::assertArrayNotHasKey($number, $other->list());
        self::assertSame('in_service', $other->buy($number)['state']);
    }
}
