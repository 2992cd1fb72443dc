<?php

declare(strict_types=1);

/** An answer that is no success. */
class ApiError extends RuntimeException
{
    public function __construct(public readonly int $status, string $message, public readonly mixed $data)
    {
        parent::__construct("$status $message");
    }
}

/** The address fits several places. */
final class MultipleChoices extends ApiError
{
    /** @return list<array<string, string>> */
    public function choices(): array
    {
        return $this->data['multiple_choice']['e911']['details'];
    }
}

/** A small client of the Phone Number API. */
final class PhoneNumbers
{
    /** @param callable(int): mixed $sleep */
    public function __construct(
        private readonly string $baseUrl,
        private readonly string $account,
        private readonly string $token,
        private $sleep = 'sleep',
    ) {
    }

    /** @return list<string> */
    public function search(string $prefix, int $quantity = 1): array
    {
        $query = http_build_query(['prefix' => $prefix, 'quantity' => $quantity]);
        return array_column($this->call('GET', "/v2/phone_numbers?$query")['data'], 'number');
    }

    public function buy(string $number): array
    {
        return $this->call('PUT', $this->path($number) . '/activate')['data'];
    }

    /** @return array<string, array> by number */
    public function list(): array
    {
        $numbers = [];
        $query = '';
        do {
            $page = $this->call('GET', $this->path() . $query);
            $numbers += $page['data']['numbers'];
            $next = $page['next_start_key'] ?? null;
            $query = '?' . http_build_query(['start_key' => $next]);
        } while ($next !== null);
        return $numbers;
    }

    public function release(string $number): array
    {
        return $this->call('DELETE', $this->path($number))['data'];
    }

    /** @param array<string, string> $address */
    public function setE911(string $number, array $address): array
    {
        return $this->call('POST', $this->path($number), ['data' => ['e911' => $address]])['data'];
    }

    private function path(?string $number = null): string
    {
        $path = "/v2/accounts/$this->account/phone_numbers";
        return $number === null ? $path : $path . '/' . rawurlencode($number);
    }

    private function call(string $method, string $path, ?array $body = null, int $triesLeft = 2): array
    {
        $retryAfter = 0;
        $curl = curl_init($this->baseUrl . $path);
        curl_setopt_array($curl, [
            CURLOPT_CUSTOMREQUEST => $method,
            CURLOPT_RETURNTRANSFER => true,
            CURLOPT_HTTPHEADER => ["X-Auth-Token: $this->token", 'Content-Type: application/json'],
            CURLOPT_HEADERFUNCTION => function ($curl, string $line) use (&$retryAfter): int {
                if (stripos($line, 'Retry-After:') === 0) {
                    $retryAfter = (int) substr($line, strlen('Retry-After:'));
                }
                return strlen($line);
            },
        ] + ($body === null ? [] : [CURLOPT_POSTFIELDS => json_encode($body)]));
        $text = curl_exec($curl);
        if ($text === false) {
            throw new RuntimeException(curl_error($curl));
        }
        $status = curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        $answer = json_decode($text, true, flags: JSON_THROW_ON_ERROR);
        if ($status === 503 && $triesLeft > 0) {
            ($this->sleep)($retryAfter);
            return $this->call($method, $path, $body, $triesLeft - 1);
        }
        if ($status < 300) {
            return $answer;
        }
        $error = $answer['message'] === 'multiple_choice' ? MultipleChoices::class : ApiError::class;
        throw new $error($status, $answer['message'], $answer['data']);
    }
}
