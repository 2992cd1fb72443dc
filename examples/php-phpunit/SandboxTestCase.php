<?php

declare(strict_types=1);

use PHPUnit\Framework\TestCase;

require_once __DIR__ . '/PhoneNumbers.php';

/** Starts an emulator, or joins the one at ONEUC_EMULATOR_URL; each test gets a sandbox of its own in it. */
abstract class SandboxTestCase extends TestCase
{
    private static ?string $emulator = null;
    protected string $sandbox;
    protected PhoneNumbers $client;
    private array $lastRequests = [];

    public static function setUpBeforeClass(): void
    {
        self::$emulator ??= getenv('ONEUC_EMULATOR_URL') ?: self::start();
    }

    /** Prints the contract report, and fails for a request that differs from the document where that is asked for. */
    public static function tearDownAfterClass(): void
    {
        $contract = self::$emulator . '/__admin/contract?sandboxes=all';
        echo "\n\n", file_get_contents("$contract&format=text");
        $isAsked = in_array(getenv('ONEUC_EMULATOR_FAIL_ON_WARNING'), ['true', '1'], true);
        $warnings = json_decode(file_get_contents($contract), true)['summary']['warnings'];
        if ($isAsked && $warnings > 0) {
            self::fail('requests differ from the document, see the warnings above');
        }
    }

    protected function setUp(): void
    {
        $this->sandbox = self::$emulator . '/sandboxes/' . bin2hex(random_bytes(8));
        $this->client = $this->client($this->sandbox);
    }

    protected function tearDown(): void
    {
        $this->lastRequests = $this->request('GET', "$this->sandbox/__admin/requests?limit=5")['requests'];
        $this->request('DELETE', str_replace('/sandboxes/', '/__admin/sandboxes/', $this->sandbox));
    }

    protected function onNotSuccessfulTest(Throwable $failure): never
    {
        echo "\n\nLast requests, newest first:\n";
        foreach ($this->lastRequests as ['request' => $request, 'response' => $response, 'outcome' => $outcome]) {
            echo "  {$request['method']} {$request['url']} -> {$response['status']} $outcome\n";
        }
        throw $failure;
    }

    /** The client waits by winding on the clock of its sandbox, so no test sleeps. */
    protected function client(string $baseUrl): PhoneNumbers
    {
        $sleep = fn (int $seconds) => $this->admin('clock/advance', ['seconds' => $seconds]);
        return new PhoneNumbers($baseUrl, 'd0c0ffeed0c0ffeed0c0ffeed0c0ffee', 'my-token', $sleep);
    }

    /** Calls the admin API of the sandbox. */
    protected function admin(string $path, array $body): array
    {
        return $this->request('POST', "$this->sandbox/__admin/$path", json_encode($body));
    }

    private function request(string $method, string $url, string $body = ''): array
    {
        $http = ['method' => $method, 'content' => $body, 'header' => 'Content-Type: application/json'];
        return json_decode(file_get_contents($url, context: stream_context_create(['http' => $http])), true);
    }

    private static function start(): string
    {
        $command = ['oneuc-emulator', '--port', '0', '--json'];
        $process = proc_open($command, [1 => ['pipe', 'w']], $pipes);
        register_shutdown_function(fn () => proc_terminate($process));
        return json_decode(fgets($pipes[1]), true)['url'];
    }
}
